/** People who may log in, by name and role, and the logins of their browsers. */
package dev.amorelay.login;
