/** Sold machines: registered when their deal is won. */
@NullMarked
package dev.amorelay.machines;

import org.jspecify.annotations.NullMarked;
