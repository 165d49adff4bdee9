/** Who may come in where: open doors, the admin's pages, the management port; and how much a request may carry. */
package dev.amorelay.security;
