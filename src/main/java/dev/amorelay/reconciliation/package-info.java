/** What was missed while hooks did not reach the relay: noticed, looked for, and put into the inbox. */
@NullMarked
package dev.amorelay.reconciliation;

import org.jspecify.annotations.NullMarked;
