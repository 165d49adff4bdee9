/** People who may log in, by name and role, and the logins of their browsers. */
@NullMarked
package dev.amorelay.login;

import org.jspecify.annotations.NullMarked;
