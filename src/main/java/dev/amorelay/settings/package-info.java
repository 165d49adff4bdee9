/** What people can set: the environment variables, their properties, and the check that stops a start with wrong ones. */
package dev.amorelay.settings;
