package dev.amorelay.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is hidden, and what must stay readable. */
class MaskingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            phone +7 (999) 123-45-67 taken           | phone +7*******67 taken
            phone +79991234567                       | phone +7*******67
            phone 79991234567                        | phone +7*******67
            phone 89991234567, next                  | phone +7*******67, next
            8 999 123 45 67                          | +7*******67
            8(999)123-45-67                          | +7*******67
            8-999-123-45-67                          | +7*******67
            8 (4012) 12-34-56                        | +7*******56
            8.999.123.45.67                          | +7*******67
            +7 999 123‑45‑67                         | +7*******67
            тел.89991234567                          | тел.+7*******67
            phone_79991234567                        | phone_+7*******67
            {"phone":"79991234567"}                  | {"phone":"+7*******67"}
            filter=%2B79991234567&page=1             | filter=+7*******67&page=1
            2026-11-20 08:21:59 79991234567          | 2026-11-20 08:21:59 +7*******67
            lead 5 8 999 123 45 67                   | lead 5 +7*******67
            9991234567                               | *******67
            query=9991234567&limit=50                | query=*******67&limit=50
            (999) 123-45-67                          | *******67
            (495) 123-45-67                          | *******67
            +49 151 23456789                         | +*******89
            +1 (212) 555-0134                        | +*******34
            +380441234567                            | +*******67
            +375 29 123-45-67;                       | +*******67;
            two +79991234567 and 89997654321         | two +7*******67 and +7*******21
            """)
    void hidesPhones(String line, String masked) {
        assertThat(Masking.mask(line)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from ivan.petrov@example.com             | from ***@example.com
            <Ivan+crm@mail.example.com>,             | <***@mail.example.com>,
            почта иван@пример.рф                     | почта ***@пример.рф
            query=ivan%40example.com                 | query=***%40example.com
            a@example.com,b@example.org              | ***@example.com,***@example.org
            ivan@163.com/x and java.base@17.com/     | ***@163.com/x and ***@17.com/
            ivan@17-example.com/x                    | ***@17-example.com/x
            ivan@10.0.0.1 said                       | ***@10.0.0.1 said
            """)
    void hidesMailAddresses(String line, String masked) {
        assertThat(Masking.mask(line)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Authorization: Bearer abc.def-123        | Authorization: Bearer ***
            header bearer sandbox                    | header bearer ***
            Authorization: Basic YWRtaW46c2VjcmV0    | Authorization: Basic ***
            authorization=[tma query_id=1&hash=ab]   | authorization=[tma ***]
            Cookie: a=1; RELAY-SESSION=Ab_9-xyz; b=2 | Cookie: a=1; RELAY-SESSION=***; b=2
            x?startapp=inv_AbCdEfGh-_123456, next    | x?startapp=inv_***, next
            X-Api-Key: partner-key-1                 | X-Api-Key: ***
            token eyJ0eXAiOiJKV1QiLCJhbGc.eyJhdWQiOiI5.c2lnbmF0dXJl end | token *** end
            https://api.telegram.org/bot123456789:AAE-x_y/sendMessage | https://api.telegram.org/bot***/sendMessage
            /sandbox/telegram/bot1:sandbox/getMe     | /sandbox/telegram/bot***/getMe
            key 123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc | key ***
            jdbc:postgresql://relay:pa:ss@db:5432/relay | jdbc:postgresql://relay:***@db:5432/relay
            smtp://orders%40example.com:p@ss@mail.example.com | smtp://***%40example.com:***@mail.example.com
            jdbc:postgresql://db/relay?user=relay&password=topsecret&ssl=true | jdbc:postgresql://db/relay?user=relay&password=***&ssl=true
            access_token=abc&x=1                     | access_token=***&x=1
            {"refresh_token":"def502","expires_in":86400} | {"refresh_token":"***","expires_in":86400}
            {"client_secret" : "s3cret"}             | {"client_secret" : "***"}
            AMOCRM_CLIENT_SECRET=s3cret              | AMOCRM_CLIENT_SECRET=***
            AccountSettings[accessToken=abc, clientSecret=x1, clientId=77] | AccountSettings[accessToken=***, clientSecret=***, clientId=77]
            GET /webhook/amocrm?code=def50200a1b2c3d4e5f6a7b8&referer=example.amocrm.ru | GET /webhook/amocrm?code=***&referer=example.amocrm.ru
            """)
    void hidesSecrets(String line, String masked) {
        assertThat(Masking.mask(line)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "", "no digits here", "lead 10226282 moved to 80953554 by 12380450",
            "ids [10226282, 80953554, 12380450, 712629]", "10226282 80953554", "updated_at=1700000000",
            "at 1763625600 and 1763625600123 ms", "2026-11-20 08:21:59.154 INFO", "2026-11-20T08:21:59.154+0300",
            "f47ac10b-58cc-4372-a567-0e02b2c3d479", "12345678-1234-1234-1234-123456789012", "87654321-8999-4123-9567-891234567890",
            "hash 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "e79991234567f",
            "total 1500000.75", "price 2147483647", "1 500 000 roubles", "took 8.3456789012 s", "0.79991234567",
            "10.0.0.1:8080 -> 192.168.100.200", "chat -1001234567890", "chat 7123456789", "INN 7707083893", "INN 500100732259",
            "ID-host-1763625600123-0-17", "A1B2C3D4E5F6A7B-0000000000000001", "status code=404", "exit code=1, statusCode=200",
            "at java.base@17.0.12/java.lang.Thread.run(Thread.java:840)", "at app//x@1.2.3-beta/dev.amorelay.Leads.read(Leads.java:7)",
            "at java.base@25.0.1+8-LTS/java.util.ArrayList.get(ArrayList.java:427)",
            "java.lang.Object@1b2c3d4e", "dev.amorelay.Leads$Row@7a81197d", "amo-relay@localhost",
            "the password is missing", "password must be 8 characters", "no Bearer", "tokens=3 left", "secret:",
            "RELAY_ADMIN_PASSWORD is missing: choose one", "http://127.0.0.1:8080/sandbox/amocrm", "robot 5: ready",
            "https://example.amocrm.ru/api/v4/leads?filter[id][]=10226282&limit=250", "Заявка от клиента, 3 позиции"})
    void leavesTheRestAlone(String line) {
        assertThat(Masking.mask(line)).isEqualTo(line);
    }

    @Test
    void takesNull() {
        assertThat(Masking.mask(null)).isNull();
    }

    @Test
    void staysQuickOnLinesThatLookLikeSomethingEverywhere() {
        Stream.of("a.b-c", "7 ", "+7 (9", "%40", "token", "://a:", "9 ", "eyJ", "bot1:", "password=", "1-")
                .map(part -> part.repeat(20_000)).forEach(line ->
                        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(Duration.ofSeconds(2), () -> Masking.mask(line + "@")));
    }
}
