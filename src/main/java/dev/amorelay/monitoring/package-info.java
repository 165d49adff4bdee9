/** What the engineers' console shows of the running routes. */
@NullMarked
package dev.amorelay.monitoring;

import org.jspecify.annotations.NullMarked;
