package dev.amorelay.park.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** How the page and its scripts are handed out. */
class ParkPageTest {

    private final ParkFiles files = new ParkFiles(new MockEnvironment());
    private final MockMvc mvc = MockMvcBuilders.standaloneSetup(new ParkPage(files)).build();

    @ParameterizedTest
    @ValueSource(strings = {"/park", "/park/"})
    void thePageIsAskedForAgainAndNotSentAgain(String address) throws Exception {
        MockHttpServletResponse first = mvc.perform(get(address)).andExpect(status().isOk())
                .andExpect(header().string("Cache-Control", "no-cache")).andExpect(header().string("Content-Security-Policy", files.policy()))
                .andExpect(content().contentType("text/html;charset=UTF-8")).andExpect(content().bytes(files.page().plain()))
                .andReturn().getResponse();
        mvc.perform(get(address).header("If-None-Match", first.getHeader("ETag"))).andExpect(status().isNotModified()).andExpect(content().string(""));
        // packed is another content
        mvc.perform(get(address).header("If-None-Match", first.getHeader("ETag")).header("Accept-Encoding", "gzip")).andExpect(status().isOk());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "gzip, deflate, br, zstd", "br;q=1.0, gzip;q=0.8", "deflate,GZIP"})
    void packedForWhoTakesIt(String accepted) throws Exception {
        MockHttpServletResponse answer = mvc.perform(get("/park").header("Accept-Encoding", accepted))
                .andExpect(header().string("Content-Encoding", "gzip")).andExpect(header().string("Vary", "Accept-Encoding")).andReturn().getResponse();
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.getContentAsByteArray()))) {
            assertThat(in.readAllBytes()).isEqualTo(files.page().plain());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "br", "identity", "gzip;q=0", "br, gzip; q=0.0, deflate", "x-gzipped"})
    void plainForWhoDoesNot(String accepted) throws Exception {
        mvc.perform(get("/park").header("Accept-Encoding", accepted))
                .andExpect(header().doesNotExist("Content-Encoding")).andExpect(content().bytes(files.page().plain()));
    }

    @Test
    void aScriptOfThisVersionIsKeptForEver() throws Exception {
        mvc.perform(get("/park/" + files.version() + "/main.js")).andExpect(status().isOk())
                .andExpect(content().contentType("text/javascript;charset=UTF-8"))
                .andExpect(header().string("Cache-Control", "public, max-age=31536000, immutable"));
    }

    @Test
    void thePageOfAnotherVersionGetsWhatThereIsButDoesNotKeepIt() throws Exception {
        mvc.perform(get("/park/0123456789abcdef/main.js")).andExpect(status().isOk()).andExpect(header().string("Cache-Control", "no-cache"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.js", "index.html", "park.css", "package-info.java"})
    void nothingElseIsThere(String name) throws Exception {
        mvc.perform(get("/park/" + files.version() + "/" + name)).andExpect(status().isNotFound());
    }
}
