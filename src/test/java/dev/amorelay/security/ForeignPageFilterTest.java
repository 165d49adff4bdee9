package dev.amorelay.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Who may make the relay do something by a GET. */
class ForeignPageFilterTest {

    private static final String CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36";

    private static MockHttpServletRequest request(String headers) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/ingest/test-crm");
        request.addHeader("Host", "relay.example.com");
        for (String header : headers == null ? new String[0] : headers.split("; ")) {
            String[] parts = header.split("=", 2);
            request.addHeader(parts[0], parts[1].replace("CHROME", CHROME));
        }
        return request;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # programs
                                                                       | true
            User-Agent=curl/8.5.0                                      | true
            User-Agent=Java-http-client/17; Accept=*/*                 | true
            # a person who types the address, a page of the relay
            User-Agent=CHROME; Sec-Fetch-Site=none                     | true
            User-Agent=CHROME; Sec-Fetch-Site=same-origin              | true
            User-Agent=CHROME; Referer=http://relay.example.com/console/ | true
            # an image, a link, a frame, a script of another site; another port of this machine
            User-Agent=CHROME; Sec-Fetch-Site=cross-site               | false
            User-Agent=CHROME; Sec-Fetch-Site=same-site                | false
            Sec-Fetch-Site=cross-site                                  | false
            Sec-Fetch-Site=                                            | false
            # over plain http no browser tells whose page it is, and the page can keep its address to itself
            User-Agent=CHROME; Referer=http://evil.example/            | false
            User-Agent=CHROME; Referer=http://relay.example.com.evil.example/ | false
            User-Agent=CHROME; Referer=http://relay.example.com:81/    | false
            User-Agent=CHROME; Origin=null                             | false
            User-Agent=CHROME; Origin=http://evil.example; Referer=http://relay.example.com/ | false
            User-Agent=CHROME                                          | false
            # nobody has pressed anything yet
            User-Agent=CHROME; Sec-Fetch-Site=none; Sec-Purpose=prefetch;prerender | false
            User-Agent=CHROME; Sec-Fetch-Site=none; Purpose=prefetch   | false
            """)
    void asks(String headers, boolean may) {
        assertThat(ForeignPageFilter.isOfThePerson(request(headers))).isEqualTo(may);
    }

    @Test
    void onlyWhatActsOnGetIsLookedAt() throws Exception {
        for (String address : new String[] {"/ingest/leads", "/health", "/park/", "/webhook/amocrm"}) {
            MockHttpServletRequest request = request("Sec-Fetch-Site=cross-site");
            request.setRequestURI(address);
            MockHttpServletResponse answer = new MockHttpServletResponse();
            new ForeignPageFilter().doFilter(request, answer, new MockFilterChain());
            assertThat(answer.getStatus()).as(address).isEqualTo(200);
        }
        for (String address : new String[] {"/ingest/test-crm", "/api/ingest/test-crm", "/ingest/test-crm/x", "/ingest/test%2Dcrm"}) {
            MockHttpServletRequest request = request("Sec-Fetch-Site=cross-site");
            request.setRequestURI(address);
            MockHttpServletResponse answer = new MockHttpServletResponse();
            new ForeignPageFilter().doFilter(request, answer, new MockFilterChain());
            assertThat(answer.getStatus()).as(address).isEqualTo(403);
            assertThat(answer.getContentAsString()).contains("Этот адрес открывают сами");
        }
    }
}
