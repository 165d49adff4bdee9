/** Our copy of the CRM's deals, and what a won one owes. */
package dev.amorelay.deals;
