/** Who may come in where: open doors, the admin's pages, the management port; and how much a request may carry. */
@NullMarked
package dev.amorelay.security;

import org.jspecify.annotations.NullMarked;
