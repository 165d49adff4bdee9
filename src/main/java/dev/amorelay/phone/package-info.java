/** Phone numbers: out of what people type, and compared. */
@NullMarked
package dev.amorelay.phone;

import org.jspecify.annotations.NullMarked;
