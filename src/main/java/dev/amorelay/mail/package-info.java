/** Mail out. */
package dev.amorelay.mail;
