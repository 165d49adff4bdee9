/** Texts that people read: FreeMarker templates in the folder of the flows, checked with it and edited while the relay runs. */
@NullMarked
package dev.amorelay.texts;

import org.jspecify.annotations.NullMarked;
