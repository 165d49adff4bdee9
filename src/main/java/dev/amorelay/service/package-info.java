/** Service requests: a client calls an engineer, the engineer takes it and marks it done, and the CRM's deal goes along. */
@NullMarked
package dev.amorelay.service;

import org.jspecify.annotations.NullMarked;
