/** Where the stand-ins keep what they are told, in a schema of their own. */
@NullMarked
package dev.amorelay.sandbox.store;

import org.jspecify.annotations.NullMarked;
