package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormTreeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "meta[total]=5|{'meta':{'total':'5'}}",
        "meta.total=5|{'meta':{'total':'5'}}",
        "meta.items.0.name=a|{'meta':{'items':[{'name':'a'}]}}",
        "items[0][name]=a&items[1][name]=b|{'items':[{'name':'a'},{'name':'b'}]}",
        "issues[]=a&issues[]=b|{'issues':['a','b']}",
        "issues=a&issues=b|{'issues':['a','b']}",
        "answers[1]=a&answers[7]=b|{'answers':{'1':'a','7':'b'}}",
        "phone=&phone=1|{'phone':'1'}",
        "phone=1&phone=2|{'phone':['1','2']}",
        "email=a&email=b&email=a|{'email':['a','b']}",
        "name=a&name=b|{'name':'a, b'}",
        "message=a&message=b|{'message':'a\\nb'}",
        "utm.source=a|{'utm.source':'a'}",
        "a=1&a[b]=2|{'a':'1','a[b]':'2'}",
        "a[b]=2&a=1|{'a':'1','a[b]':'2'}",
        "a[b=1&[c]=2&d]=3&e[f]g=4|{'a[b':'1','[c]':'2','d]':'3','e[f]g':'4'}",
        "a[5]=x&a[0]=y&a[]=z|{'a':{'5':'x','0':'y','2':'z'}}",
        "a[1]=x&a[]=z|{'a':{'1':'x'},'a[]':'z'}",
        "flag&x=|{'flag':'','x':''}",
        "discount=100%&a=%zz&b=%4|{'discount':'100%','a':'%zz','b':'%4'}",
        "meta={\"total\":5,\"a\":{\"b\":1}}&meta[a][c]=2|{'meta':{'total':5,'a':{'b':1,'c':'2'}}}",
        "meta={broken&meta[a]=1|{'meta':'{broken','meta[a]':'1'}"})
    void fieldsBecomeATree(String body, String tree) {
        assertThat(FormTree.of(FormBody.of(body.getBytes(StandardCharsets.UTF_8), null).fields()))
                .isEqualTo(Json.read(tree.replace('\'', '"')));
    }

    @Test
    void noDepthIsTooMuch() {
        String name = "meta" + "[a]".repeat(100_000);
        assertThat(FormTree.of(FormBody.of((name + "=1").getBytes(StandardCharsets.UTF_8), null).fields()).has(name))
                .isTrue();
    }
}
