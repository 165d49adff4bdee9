package dev.amorelay.leads;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * A field of a form as bytes.
 *
 * @param name its name
 * @param value what stands in it
 * @param own the charset that it declares for itself; null for none
 */
record RawField(byte[] name, byte[] value, @Nullable Charset own) {
}
