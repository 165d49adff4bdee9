/** The Mini App «Мой парк»: who is at the door, and what one sees of one's own machines. */
package dev.amorelay.park;
