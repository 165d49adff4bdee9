/** Keeps personal data and secrets out of the log. */
package dev.amorelay.logging;
