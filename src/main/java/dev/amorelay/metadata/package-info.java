/** A deal's metadata: fields of the deal under the names that the settings give them, found by an index. */
package dev.amorelay.metadata;
