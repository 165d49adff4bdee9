/** amo-relay: carries leads into amoCRM and what happens there back. Nothing is null that does not say so. */
@NullMarked
package dev.amorelay;

import org.jspecify.annotations.NullMarked;
