/** What people can set: the environment variables, their properties, and the check that stops a start with wrong ones. */
@NullMarked
package dev.amorelay.settings;

import org.jspecify.annotations.NullMarked;
