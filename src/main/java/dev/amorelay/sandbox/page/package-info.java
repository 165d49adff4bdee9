/** The page of the sandbox, and what its buttons ask for. */
@NullMarked
package dev.amorelay.sandbox.page;

import org.jspecify.annotations.NullMarked;
