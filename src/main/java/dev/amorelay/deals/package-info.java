/** Our copy of the CRM's deals, and what a won one owes. */
@NullMarked
package dev.amorelay.deals;

import org.jspecify.annotations.NullMarked;
