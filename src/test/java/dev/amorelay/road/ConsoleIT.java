package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** An operator looks at the console, in a real browser; programs and foreign pages knock at its doors. */
class ConsoleIT {

    private static final String NOBODY = "00000000-0000-4000-8000-00000000dead";
    private static EditedRelay edited;
    private WebDriver browser;

    @BeforeAll
    static void start() throws IOException {
        edited = EditedRelay.start();
    }

    @AfterAll
    static void stop() {
        edited.close();
    }

    @AfterEach
    void restore() throws IOException {
        if (browser != null) {
            Browser.leave();
        }
        edited.restore();
        edited.relay.jdbc().update("UPDATE outbox SET status = 'skipped' WHERE status = 'dead'");
        if (!account().get("state").equals("ok")) {
            edited.relay.mend();
            callTheCrm();
        }
        assertThat(account()).containsEntry("state", "ok");
    }

    private static long deadMessage(String serial) {
        return edited.relay.jdbc().queryForObject("""
                INSERT INTO outbox (kind, status, dedupe_key, subject_id, payload, last_error)
                VALUES ('telegram.machine-registered', 'dead', ?, ?, ?::jsonb, 'Telegram 400: chat of +79991234567 not found') RETURNING id""",
                Long.class, "console:" + serial, serial, "{\"chat\": 700100777, \"serial\": \"" + serial + "\", \"machine\": \"16К20\"}");
    }

    private static void deadLead() {
        edited.relay.jdbc().update("INSERT INTO leads (id, source, name, phone, message) VALUES (?::uuid, 'site', 'Тайна Тайнова', '+79991234567', 'x')"
                + " ON CONFLICT DO NOTHING", NOBODY);
        edited.relay.jdbc().update("INSERT INTO outbox (kind, status, dedupe_key, subject_id, payload, last_error, attempts)"
                + " VALUES ('crm.lead', 'dead', 'console:lead', ?, '{}', 'status_id: NotSupportedChoice', 1) ON CONFLICT DO NOTHING", NOBODY);
    }

    private static Map<String, Object> account() {
        return edited.relay.jdbc().queryForMap("SELECT state, cause, remedy FROM amocrm_accounts WHERE name = 'default'");
    }

    /** A call that nobody else makes: how it goes with the account is what it is answered, until the next one. */
    private static void callTheCrm() {
        asAdmin("POST", "/api/admin/webhooks", "{}");
    }

    private static String status(long effect) {
        return edited.relay.jdbc().queryForObject("SELECT status FROM outbox WHERE id = ?", String.class, effect);
    }

    private WebDriverWait open() {
        browser = Browser.open();
        WebDriverWait wait = new WebDriverWait(browser, Duration.ofSeconds(30));
        browser.get(edited.relay.url("/console"));
        wait.until(ExpectedConditions.presenceOfElementLocated(By.name("username"))).sendKeys("admin");
        browser.findElement(By.name("password")).sendKeys("sandbox");
        browser.findElement(By.cssSelector("button[type=submit]")).click();
        wait.until(ExpectedConditions.textToBe(By.id("me"), "admin"));
        return wait;
    }

    private void shot(String file) throws IOException {
        Files.write(Path.of("target", file), ((TakesScreenshot) browser).getScreenshotAs(OutputType.BYTES));
    }

    @Test
    @EnabledIf(value = "dev.amorelay.road.Browser#isInstalled", disabledReason = "no Chromium with its driver on this machine")
    void showsWhatIsWrongAndWhatToDo() throws IOException {
        deadMessage("SN-1");
        deadLead();
        edited.relay.fault("a", "{\"fault\":\"unauthorized\"}");
        callTheCrm();
        Map<String, Object> account = account();
        assertThat(account).containsEntry("state", "auth-required");
        edited.edit("health.camel.yaml", "- setBody:", "- setBdy:");
        WebDriverWait wait = open();

        wait.until(ExpectedConditions.textToBe(By.id("edit-state"), "не принята"));
        wait.until(ExpectedConditions.textToBePresentInElementLocated(By.id("buried"), "отложено из-за отказа amoCRM: 1."));
        shot("console.png");
        assertThat(browser.findElement(By.id("findings")).getText()).contains("health.camel.yaml:25:11", "'setBdy' does not belong here");
        browser.findElement(By.cssSelector("#routes summary")).click();
        wait.until(ExpectedConditions.textToBePresentInElementLocated(By.id("routes"), "webhooks.receive.store"));
        assertThat(browser.findElement(By.id("routes")).getText()).contains("работает").doesNotContain("mail-send");
        assertThat(browser.findElement(By.id("accounts")).getText()).contains("default", "нужен доступ", account.get("cause").toString(),
                account.get("remedy").toString());
        assertThat(browser.findElement(By.id("queue")).getText()).contains("telegram.machine-registered", "Повторить отложенное", "Пауза");
        assertThat(browser.findElement(By.id("leads")).getText()).contains(NOBODY, "сделка в CRM", "NotSupportedChoice");
        assertThat(browser.findElement(By.id("dead")).getText()).contains("SN-1", "not found");
        assertThat(browser.getPageSource()).doesNotContain("Тайна", "9991234567");
        shot("console-routes.png");
        assertThat(browser.manage().logs().get("browser").getAll().stream().filter(line -> line.getLevel().intValue() >= Level.WARNING.intValue()))
                .as("what the browser complains of").isEmpty();
    }

    @Test
    @EnabledIf(value = "dev.amorelay.road.Browser#isInstalled", disabledReason = "no Chromium with its driver on this machine")
    void letsWhatWasSetAsideBeDoneOnceMore() throws IOException {
        long effect = deadMessage("SN-2");
        WebDriverWait wait = open();

        By row = By.xpath("//table[@id='dead']//tr[contains(., 'SN-2')]");
        WebElement there = wait.until(ExpectedConditions.presenceOfElementLocated(row));
        there.findElement(By.tagName("button")).click();
        wait.until(ExpectedConditions.textToBePresentInElementLocated(By.id("ask-text"), "Будет повторено: 1"));
        shot("console-ask.png");
        browser.findElement(By.id("ask-no")).click();
        assertThat(status(effect)).isEqualTo("dead");

        wait.until(ExpectedConditions.elementToBeClickable(there.findElement(By.tagName("button")))).click();
        wait.until(ExpectedConditions.elementToBeClickable(By.id("ask-yes"))).click();
        EditedRelay.ready().until(() -> status(effect).equals("done"));
        wait.until(ExpectedConditions.invisibilityOfElementLocated(row));
    }

    @Test
    @EnabledIf(value = "dev.amorelay.road.Browser#isInstalled", disabledReason = "no Chromium with its driver on this machine")
    void anAdminKeepsThePeople() throws IOException {
        edited.relay.jdbc().update("DELETE FROM people");
        WebDriverWait wait = open();
        wait.until(ExpectedConditions.visibilityOfElementLocated(By.id("people-list")));
        browser.findElement(By.cssSelector("#person [name=name]")).sendKeys("anna");
        new Select(browser.findElement(By.cssSelector("#person [name=role]"))).selectByValue("operator");
        browser.findElement(By.cssSelector("#person [name=password]")).sendKeys("gentle-lathe-orbit");
        browser.findElement(By.cssSelector("#person button")).click();

        String row = "//table[@id='people-list']//tr[contains(., 'anna')]";
        wait.until(ExpectedConditions.presenceOfElementLocated(By.xpath(row)));
        browser.findElement(By.xpath(row + "//button[.='Заблокировать']")).click();
        wait.until(ExpectedConditions.elementToBeClickable(By.xpath(row + "//button[.='Разблокировать']")));
        shot("console-people.png");
        assertThat(person()).containsEntry("role", "operator").doesNotContainEntry("locked_at", null);
        new Select(browser.findElement(By.xpath(row + "//select"))).selectByValue("viewer");
        EditedRelay.ready().until(() -> person().get("role").equals("viewer"));
        Object before = person().get("password_hash");
        wait.until(ExpectedConditions.elementToBeClickable(By.xpath(row + "//button[.='Пароль…']"))).click();
        wait.until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector("#new-password input"))).sendKeys("other-lathe-orbit");
        browser.findElement(By.cssSelector("#new-password .primary")).click();
        EditedRelay.ready().until(() -> !person().get("password_hash").equals(before));
        wait.until(ExpectedConditions.elementToBeClickable(By.xpath(row + "//button[.='Убрать']"))).click();
        wait.until(ExpectedConditions.elementToBeClickable(By.id("ask-yes"))).click();
        wait.until(ExpectedConditions.invisibilityOfElementLocated(By.xpath(row)));
        assertThat(edited.relay.jdbc().queryForObject("SELECT count(*) FROM people", Integer.class)).isZero();
    }

    private static Map<String, Object> person() {
        return edited.relay.jdbc().queryForMap("SELECT role, locked_at, password_hash FROM people WHERE name = 'anna'");
    }

    @Test
    void nobodyComesInWithoutThePassword() {
        for (String path : List.of("/console", "/console/console.js", "/api/admin/routes", "/api/admin/accounts", "/api/admin/leads/set-aside")) {
            assertThat(edited.relay.send("GET", path, "text/plain", "").statusCode()).as(path).isEqualTo(401);
            HttpResponse<String> admin = asAdmin("GET", path, "");
            assertThat(admin.statusCode()).as(path).isEqualTo(200);
        }
        assertThat(asAdmin("GET", "/console", "").headers().allValues("Content-Security-Policy")).hasSize(1).first().asString()
                .startsWith("default-src 'none'; script-src 'self'").contains("frame-ancestors 'none'");
        assertThat(asAdmin("GET", "/console/../application.yaml", "").statusCode()).isGreaterThanOrEqualTo(400);
    }

    /** The browser adds the password to whatever a foreign page makes it post. */
    @Test
    void whatABrowserPostsNeedsTheTokenOfThePage() {
        String wish = Json.write(Json.object().put("what", "effects").set("states", Json.array().add("dead")));
        String own = edited.relay.url("").replaceFirst("/$", "");
        HttpResponse<String> page = asAdmin("GET", "/console", "");
        String cookie = page.headers().allValues("Set-Cookie").stream().filter(line -> line.startsWith("RELAY-XSRF=")).findFirst().orElseThrow();
        assertThat(cookie).contains("SameSite=Strict");
        String token = cookie.replaceFirst("RELAY-XSRF=([^;]*).*", "$1");

        assertThat(asAdmin("POST", "/api/admin/replay", wish, "Origin", own).statusCode()).isEqualTo(403);
        assertThat(asAdmin("POST", "/api/admin/replay", wish, "Sec-Fetch-Site", "same-site").statusCode()).isEqualTo(403);
        assertThat(asAdmin("POST", "/api/admin/replay", wish, "Origin", own, "Cookie", "RELAY-XSRF=" + token, "X-XSRF-TOKEN", "guessed").statusCode())
                .isEqualTo(403);
        assertThat(asAdmin("POST", "/api/admin/replay", wish, "Origin", own, "Cookie", "RELAY-XSRF=" + token, "X-XSRF-TOKEN", token).statusCode())
                .isEqualTo(200);
        assertThat(asAdmin("GET", "/api/admin/queue", "", "Cookie", "RELAY-XSRF=" + token).headers().allValues("Set-Cookie")).as("it lasts").isEmpty();
        assertThat(asAdmin("POST", "/api/admin/replay", wish).statusCode()).as("a program").isEqualTo(200);
    }

    private static HttpResponse<String> asAdmin(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(edited.relay.url(path))).header("Authorization", Jolokia.ADMIN)
                .header("Content-Type", "application/json").method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        try {
            return HttpClient.newHttpClient().send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
