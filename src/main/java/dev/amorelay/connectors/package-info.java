/** How the connectors of {@code routes/kamelets} are run. */
@NullMarked
package dev.amorelay.connectors;

import org.jspecify.annotations.NullMarked;
