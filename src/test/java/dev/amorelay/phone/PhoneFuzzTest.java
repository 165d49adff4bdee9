package dev.amorelay.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is typed as a phone is E.164 or nothing. */
class PhoneFuzzTest {

    static Stream<byte[]> samples() {
        return Stream.of("+7 (912) 555-01-02 доб. 5", "8 912 555 01 02, 8(343)2555555", "тел. 912 5550102 ИНН 7701234567", "00 995 555 123 456", "٨٩١٢٥٥٥٠١٠٢",
                        "+4 995 555 12310)-0)-550")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("samples")
    @FuzzTest
    void aPhone(byte[] typed) {
        String text = new String(typed, StandardCharsets.UTF_8);
        Stream.of(Phones.e164(text), Phones.first(text).map(TypedPhone::e164), Phones.whole(text)).forEach(phone ->
                assertThat(phone.orElse("+70000000")).matches("\\+[1-9]\\d{5,14}"));
        Phones.first(text).ifPresent(phone -> {
            assertThat(Phones.same(phone.e164(), phone.e164())).isTrue();
            Phones.saysMore(text, phone.e164());
            assertThat(Phones.lastTen(phone.e164())).isNotBlank();
        });
        Phones.isBare(text);
        Phones.mayHoldOne(text);
        Phones.isRegion(text);
    }
}
