package dev.amorelay.sandbox;

import dev.amorelay.sandbox.crm.AccountMappings;
import dev.amorelay.sandbox.crm.CrmAccount;
import dev.amorelay.sandbox.crm.CrmAccounts;
import dev.amorelay.sandbox.crm.CrmErrors;
import dev.amorelay.sandbox.crm.CrmGate;
import dev.amorelay.sandbox.faults.FaultList;
import dev.amorelay.sandbox.faults.LostConnection;
import dev.amorelay.sandbox.mail.Mailbox;
import dev.amorelay.sandbox.mail.SandboxMailServer;
import dev.amorelay.sandbox.page.AccountsApi;
import dev.amorelay.sandbox.page.AllFaults;
import dev.amorelay.sandbox.page.ApiDomain;
import dev.amorelay.sandbox.page.CardsApi;
import dev.amorelay.sandbox.page.FaultsApi;
import dev.amorelay.sandbox.page.PageApi;
import dev.amorelay.sandbox.page.PageFiles;
import dev.amorelay.sandbox.page.PageState;
import dev.amorelay.sandbox.page.RoutesNotice;
import dev.amorelay.sandbox.store.SandboxSchema;
import dev.amorelay.sandbox.telegram.ChatMessages;
import dev.amorelay.sandbox.telegram.SignedApi;
import dev.amorelay.sandbox.telegram.TelegramApi;
import dev.amorelay.sandbox.telegram.TelegramFault;
import dev.amorelay.sandbox.telegram.TelegramGate;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.health.DefaultHealthContributorRegistry;
import org.springframework.boot.actuate.health.HealthContributorRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

/** The stand-ins for amoCRM, Telegram and the mailbox. Exists in the profile {@code sandbox} and nowhere else. */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
@EnableConfigurationProperties(SandboxSettings.class)
@Import({CrmErrors.class, TelegramApi.class, PageApi.class, PageFiles.class, FaultsApi.class, AccountsApi.class, CardsApi.class,
        ApiDomain.class, SignedApi.class})
public class SandboxConfiguration {

    @Bean
    SandboxSchema sandboxSchema(DataSource dataSource) {
        return new SandboxSchema(dataSource);
    }

    @Bean
    CrmAccounts sandboxAccounts(DataSource dataSource, SandboxSchema schema, SandboxSettings settings) {
        return new CrmAccounts(dataSource, schema.seed(), settings);
    }

    @Bean
    AccountMappings sandboxAccountMappings(CrmAccounts accounts) {
        return new AccountMappings(accounts);
    }

    @Bean
    FilterRegistrationBean<CrmGate> sandboxCrmGate(CrmAccounts accounts) {
        FilterRegistrationBean<CrmGate> gate = new FilterRegistrationBean<>(new CrmGate(accounts));
        accounts.all().stream().map(CrmAccount::bases).forEach(bases -> bases.forEach(base -> gate.addUrlPatterns(base + "/*")));
        return gate;
    }

    @Bean
    OwnSubscription sandboxOwnSubscription(CrmAccounts accounts, SandboxSettings settings, Environment environment) {
        return new OwnSubscription(accounts, settings.ownHooks(), environment);
    }

    @Bean
    FaultList<TelegramFault> sandboxTelegramFaults() {
        return new FaultList<>(TelegramFault.class);
    }

    @Bean
    FilterRegistrationBean<TelegramGate> sandboxTelegramGate(FaultList<TelegramFault> faults) {
        FilterRegistrationBean<TelegramGate> gate = new FilterRegistrationBean<>(new TelegramGate(faults));
        gate.addUrlPatterns("/sandbox/telegram/*");
        return gate;
    }

    /** What reads or writes needs the tables first, hence the parameter that is not used; so below. */
    @Bean
    ChatMessages sandboxChatMessages(DataSource dataSource, SandboxSchema schema) {
        return new ChatMessages(dataSource);
    }

    @Bean
    Mailbox sandboxMailbox(DataSource dataSource, SandboxSchema schema) {
        return new Mailbox(dataSource);
    }

    @Bean
    SandboxMailServer sandboxMailServer(Mailbox mailbox, SandboxSettings settings) {
        return new SandboxMailServer(mailbox, settings.smtpPort());
    }

    @Bean
    AllFaults sandboxFaults(CrmAccounts accounts, FaultList<TelegramFault> telegram, SandboxMailServer mail) {
        return new AllFaults(accounts, telegram, mail);
    }

    @Bean
    PageState sandboxPageState(CrmAccounts accounts, ChatMessages chats, Mailbox mailbox, AllFaults faults,
                               ObjectProvider<HealthContributorRegistry> health) {
        return new PageState(accounts, chats, mailbox, faults, new RoutesNotice(health.getIfAvailable(DefaultHealthContributorRegistry::new)));
    }

    /** Clients write {@code filter[id][]} with raw brackets, and amoCRM takes them; Tomcat must be told to. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> sandboxServer() {
        return factory -> {
            factory.addConnectorCustomizers(connector -> connector.setProperty("relaxedQueryChars", "[]"));
            factory.addContextValves(new LostConnection());
        };
    }
}
