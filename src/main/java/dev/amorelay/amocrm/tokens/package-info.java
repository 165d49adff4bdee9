/**
 * The tokens of the gate: long-lived ones from the settings, or pairs of OAuth, which are received by consent, kept
 * encrypted, and refreshed once for all threads and nodes.
 */
@NullMarked
package dev.amorelay.amocrm.tokens;

import org.jspecify.annotations.NullMarked;
