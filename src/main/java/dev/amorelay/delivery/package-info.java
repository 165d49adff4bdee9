/** The outbox: effects owed to the outside world, performed once. */
package dev.amorelay.delivery;
