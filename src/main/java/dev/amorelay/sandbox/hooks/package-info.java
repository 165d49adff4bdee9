/** Webhooks as amoCRM sends them, and repeats them, and switches them off. */
@NullMarked
package dev.amorelay.sandbox.hooks;

import org.jspecify.annotations.NullMarked;
