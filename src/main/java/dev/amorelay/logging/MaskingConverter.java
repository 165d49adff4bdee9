package dev.amorelay.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;

/** {@code %mask(…)} in the log's pattern: everything between the brackets is {@linkplain Masking masked}. */
public class MaskingConverter extends CompositeConverter<ILoggingEvent> {

    @Override
    protected String transform(ILoggingEvent event, String text) {
        return Masking.mask(text);
    }
}
