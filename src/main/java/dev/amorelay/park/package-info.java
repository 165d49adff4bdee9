/** The Mini App «Мой парк»: who is at the door, and what one sees of one's own machines. */
@NullMarked
package dev.amorelay.park;

import org.jspecify.annotations.NullMarked;
