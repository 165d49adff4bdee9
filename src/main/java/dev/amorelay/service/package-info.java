/** Service requests: a client calls an engineer, the engineer takes it and marks it done, and the CRM's deal goes along. */
package dev.amorelay.service;
