/** A deal's metadata: fields of the deal under the names that the settings give them, found by an index. */
@NullMarked
package dev.amorelay.metadata;

import org.jspecify.annotations.NullMarked;
