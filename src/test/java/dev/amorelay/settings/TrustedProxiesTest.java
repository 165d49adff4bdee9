package dev.amorelay.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list people write as the expression Tomcat reads. */
class TrustedProxiesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.0.0.5                | 10.0.0.5          | true
            10.0.0.5                | 10.0.0.55         | false
            10.0.0.5                | 10a0.0.5          | false
            10.0.0.0/8              | 10.200.3.4        | true
            10.0.0.0/8              | 11.0.0.1          | false
            172.16.0.0/12           | 172.31.255.1      | true
            172.16.0.0/12           | 172.32.0.1        | false
            192.168.4.0/22          | 192.168.7.9       | true
            192.168.4.0/22          | 192.168.8.1       | false
            0.0.0.0/0               | 203.0.113.9       | true
            10.0.0.5, 192.168.0.0/16 | 192.168.1.1      | true
            ::1                     | 0:0:0:0:0:0:0:1   | true
            ::1                     | 0:0:0:0:0:0:0:2   | false
            proxy.example.com       | proxy.example.com | false
            300.0.0.1               | 300.0.0.1         | false
            ''                      | 127.0.0.1         | false
            """)
    void matches(String list, String address, boolean trusted) {
        assertThat(address.matches(TrustedProxies.pattern(list))).isEqualTo(trusted);
    }
}
