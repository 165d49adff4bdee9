/** The inbox: what amoCRM, or a flow beside us, tells has changed, stored before it is answered. */
@NullMarked
package dev.amorelay.webhooks;

import org.jspecify.annotations.NullMarked;
