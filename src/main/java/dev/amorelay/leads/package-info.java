/** Leads: read at the doors, stored with what they owe, and carried into the CRM with their person. */
@NullMarked
package dev.amorelay.leads;

import org.jspecify.annotations.NullMarked;
