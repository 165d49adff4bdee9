/** The outbox: effects owed to the outside world, performed once. */
@NullMarked
package dev.amorelay.delivery;

import org.jspecify.annotations.NullMarked;
