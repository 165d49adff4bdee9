package dev.amorelay.road;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;

/**
 * The machine's Chromium. Tests that need it are skipped, and say so, where it is not installed. To start one takes seconds of a
 * processor: there is one a process, and each test gets a window of its own in it, with nothing of the test before.
 */
final class Browser {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static ChromeDriver shared;

    private Browser() {
    }

    /** Named by the tests' condition. */
    static boolean isInstalled() {
        return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    }

    /** An empty window in a browser that knows no site, cookie or setting of a test before; {@link #leave} closes its page. */
    static synchronized ChromeDriver open() {
        if (shared != null) {
            try {
                newWindow();
                return shared;
            } catch (WebDriverException gone) {
                // it has died under a test: another one
                quit();
            }
        }
        shared = start();
        return shared;
    }

    /** Ends what a page does by itself, and forgets it. */
    static synchronized void leave() {
        if (shared != null) {
            forgetSite();
            shared.get("about:blank");
        }
    }

    private static void newWindow() {
        Set<String> before = shared.getWindowHandles();
        shared.switchTo().newWindow(WindowType.TAB);
        String ours = shared.getWindowHandle();
        for (String one : before) {
            shared.switchTo().window(one);
            forgetSite();
            shared.close();
        }
        shared.switchTo().window(ours);
        shared.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        // what the pages before have complained of
        shared.manage().logs().get(LogType.BROWSER);
    }

    private static void forgetSite() {
        String address = shared.getCurrentUrl();
        if (address != null && address.startsWith("http")) {
            shared.executeCdpCommand("Storage.clearDataForOrigin",
                    Map.of("origin", address.replaceFirst("^(https?://[^/]+).*", "$1"), "storageTypes", "all"));
        }
    }

    private static ChromeDriver start() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
                "--disable-default-apps", "--disable-dev-shm-usage", "--mute-audio", "--window-size=1280,1000",
                // else each page has a process of its own, and one more waits for the next
                "--renderer-process-limit=1", "--process-per-site", "--disable-site-isolation-trials",
                "--disable-features=SpareRendererForSitePerProcess,IsolateOrigins,site-per-process,BackForwardCache"));
        ChromeDriver started = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).usingAnyFreePort()
                .build(), options);
        Runtime.getRuntime().addShutdownHook(new Thread(Browser::quit, "browser"));
        return started;
    }

    private static synchronized void quit() {
        if (shared != null) {
            ChromeDriver ended = shared;
            shared = null;
            try {
                ended.quit();
            } catch (WebDriverException gone) {
                // what is gone needs no end
                return;
            }
        }
    }
}
