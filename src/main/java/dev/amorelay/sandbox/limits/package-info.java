/** How much the stand-in for amoCRM lets in, and how it refuses the rest. */
@NullMarked
package dev.amorelay.sandbox.limits;

import org.jspecify.annotations.NullMarked;
