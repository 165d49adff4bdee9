/** Keeps personal data and secrets out of the log. */
@NullMarked
package dev.amorelay.logging;

import org.jspecify.annotations.NullMarked;
