package dev.amorelay.webhooks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.json.Json;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormTreeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "a=1&b=2                                   | {'a':'1','b':'2'}",
        "leads[add][0][id]=7                       | {'leads':{'add':[{'id':'7'}]}}",
        "leads%5Badd%5D%5B0%5d%5bid%5d=7           | {'leads':{'add':[{'id':'7'}]}}",
        "a%5Bb]=1&a[c%5D=2                         | {'a':{'b':'1','c':'2'}}",
        "n=%D0%9E%D0%BE%D0%BE+%22%D0%AF%22+%26+1%3D1%2B0 | {'n':'Ооо \\\"Я\\\" & 1=1+0'}",
        "n=%F0%9F%9A%9C                            | {'n':'🚜'}",
        "n=a=b==c                                  | {'n':'a=b==c'}",
        "n&m=                                      | {'n':'','m':''}",
        "&&a=1&&=2&b=3&                            | {'a':'1','b':'3'}",
        "a=1&a=2                                   | {'a':'2'}",
        "a[]=x&a[]=y                               | {'a':['x','y']}",
        "a[5]=x&a[]=y&a[2]=z                       | {'a':['z','x','y']}",
        "a[][n]=1&a[][n]=2                         | {'a':[{'n':'1'},{'n':'2'}]}",
        "a[7]=x&a[3]=y&a[100]=z                    | {'a':['y','x','z']}",
        "a[0]=x&a[b]=y                             | {'a':{'0':'x','b':'y'}}",
        "a[08]=x                                   | {'a':{'08':'x'}}",
        "a[-1]=x                                   | {'a':{'-1':'x'}}",
        "a[99999999999999999999]=x                 | {'a':{'99999999999999999999':'x'}}",
        "0[id]=1                                   | {'0':{'id':'1'}}",
        "v[value]=2&v[enum]=566642                 | {'v':{'value':'2','enum':'566642'}}",
        "v[0]=1615845600                           | {'v':['1615845600']}",
        "t=3&t[u]=x                                | {'t':{'':'3','u':'x'}}",
        "t[u]=x&t=3                                | {'t':{'u':'x','':'3'}}",
        "t[u]=x&t=3&t=4                            | {'t':{'u':'x','':'4'}}",
        "t=3&t[0]=x                                | {'t':{'':'3','0':'x'}}",
        "t[u]=x&t[u][v]=y                          | {'t':{'u':{'':'x','v':'y'}}}",
        "a[b=1                                     | {'a[b':'1'}",
        "a[b]c=1                                   | {'a[b]c':'1'}",
        "a[b[c]]=1                                 | {'a[b[c]]':'1'}",
        "[a]=1                                     | {'[a]':'1'}",
        "a]=1                                      | {'a]':'1'}",
        "n=100%&m=%zz&k=%4&l=%                     | {'n':'100%','m':'%zz','k':'%4','l':'%'}",
        "n=%255B                                   | {'n':'%5B'}",
        "n=%FF%D0x                                 | {'n':'\uFFFD\uFFFDx'}",
        "n=%ED%A0%80                               | {'n':'\uFFFD'}",
        "n=a%00b                                   | {'n':'a\uFFFDb'}",
        "a[%00]=1                                  | {'a':{'\uFFFD':'1'}}",
        "just some words                           | {'just some words':''}"})
    void readsAFormAsPhpDoes(String form, String json) {
        assertThat(FormTree.of(form.getBytes(UTF_8))).contains(HookText.object(json));
    }

    @Test
    void theOrderOfKeysIsThatOfTheBody() {
        assertThat(FormTree.of("b=1&a[z]=2&a[y]=3&c=4".getBytes(UTF_8)).orElseThrow())
                .hasToString("{\"b\":\"1\",\"a\":{\"z\":\"2\",\"y\":\"3\"},\"c\":\"4\"}");
    }

    @Test
    void rawBytesThatAreNoUtf8AreReplaced() {
        assertThat(FormTree.of("n=caf\u00e9".getBytes(ISO_8859_1)).orElseThrow().get("n").asText())
                .isEqualTo("caf\uFFFD");
    }

    @Test
    void anEmptyBodyIsAnEmptyTree() {
        assertThat(FormTree.of(new byte[0])).contains(Json.object());
    }

    @Test
    void readsThirtyTwoLevelsAndNoMore() {
        assertThat(FormTree.of(("a" + "[b]".repeat(31) + "=1").getBytes(UTF_8))).isPresent();
        assertThat(FormTree.of(("a" + "[b]".repeat(32) + "=1").getBytes(UTF_8))).isEmpty();
        assertThat(FormTree.of(("a" + "[".repeat(1_000_000)).getBytes(UTF_8))).isPresent();
        assertThat(FormTree.of(("a" + "[]".repeat(1_000_000)).getBytes(UTF_8))).isEmpty();
    }

    @Test
    void readsTwentyThousandPairsAndNoMore() {
        assertThat(FormTree.of("a[]=1&".repeat(20_000).getBytes(UTF_8)).orElseThrow().get("a")).hasSize(20_000);
        assertThat(FormTree.of("a[]=1&".repeat(20_001).getBytes(UTF_8))).isEmpty();
    }

    @Test
    void readsTwentyThousandParentsAndNoMore() {
        // one list, and four parents a pair
        String form = "a[][x][x][x][x]=1&".repeat(4_999);
        assertThat(FormTree.of((form + "b[c][d]=1").getBytes(UTF_8))).isPresent();
        assertThat(FormTree.of((form + "b[c][d][e][f]=1").getBytes(UTF_8))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'leads':{'add':[{'id':7,'price':15.5}]}}      | {'leads':{'add':[{'id':'7','price':'15.5'}]}}",
        "{'leads':{'add':{'0':{'id':'7'}}}}             | {'leads':{'add':[{'id':'7'}]}}",
        "{'leads[add][0][id]':'7','leads[add][0][n]':'x'} | {'leads':{'add':[{'id':'7','n':'x'}]}}",
        "{'a':true,'b':false,'c':null,'d':[],'e':{'f':{}}} | {'a':'1','b':'0'}",
        "{'n':'a\\u0000b\\ud800'}                       | {'n':'a\uFFFDb\uFFFD'}",
        "{'n':1000.0}                                   | {'n':'1000'}",
        "{'n':1e400000000}                              | {'n':'1E+400000000'}"})
    void bringsJsonIntoTheShapeOfAForm(String json, String expected) {
        assertThat(FormTree.of(HookText.object(json))).contains(HookText.object(expected));
    }

    @Test
    void jsonHasTheLimitsOfAForm() {
        assertThat(FormTree.of(HookText.object("{'a':".repeat(32) + "1" + "}".repeat(32)))).isPresent();
        assertThat(FormTree.of(HookText.object("{'a':".repeat(33) + "1" + "}".repeat(33)))).isEmpty();
        assertThat(FormTree.of(HookText.object("{'a" + "[b]".repeat(32) + "':1}"))).isEmpty();
        assertThat(FormTree.of(HookText.object("{'a':[1" + ",1".repeat(19_999) + "]}"))).isPresent();
        assertThat(FormTree.of(HookText.object("{'a':[1" + ",1".repeat(20_000) + "]}"))).isEmpty();
        assertThat(FormTree.of(HookText.json("[1]"))).isEmpty();
    }

    @Test
    void whateverIsReadCanBeStored() {
        Random random = new Random(4);
        byte[] body = new byte[400];
        for (int round = 0; round < 2_000; round++) {
            random.nextBytes(body);
            String stored = Json.write(FormTree.of(body).orElseThrow());
            assertThat(Json.storable(stored).replace("\\\\", "")).isEqualTo(stored.replace("\\\\", "")).doesNotContain("\\u0000");
        }
    }
}
