/** What was missed while hooks did not reach the relay: noticed, looked for, and put into the inbox. */
package dev.amorelay.reconciliation;
