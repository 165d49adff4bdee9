package dev.amorelay.sandbox;

import dev.amorelay.sandbox.crm.CallCounts;
import dev.amorelay.sandbox.crm.Catalogue;
import dev.amorelay.sandbox.crm.CatalogueApi;
import dev.amorelay.sandbox.crm.Changes;
import dev.amorelay.sandbox.crm.ComplexApi;
import dev.amorelay.sandbox.crm.CrmErrors;
import dev.amorelay.sandbox.crm.CrmGate;
import dev.amorelay.sandbox.crm.Entities;
import dev.amorelay.sandbox.crm.EntitiesApi;
import dev.amorelay.sandbox.crm.Events;
import dev.amorelay.sandbox.crm.EventsApi;
import dev.amorelay.sandbox.crm.LinksApi;
import dev.amorelay.sandbox.crm.Notes;
import dev.amorelay.sandbox.crm.NotesApi;
import dev.amorelay.sandbox.crm.OAuthApi;
import dev.amorelay.sandbox.crm.Tasks;
import dev.amorelay.sandbox.crm.TasksApi;
import dev.amorelay.sandbox.crm.Tokens;
import dev.amorelay.sandbox.crm.WebhooksApi;
import dev.amorelay.sandbox.hooks.HookBody;
import dev.amorelay.sandbox.hooks.HookQueue;
import dev.amorelay.sandbox.hooks.HookSender;
import dev.amorelay.sandbox.hooks.Subscriptions;
import dev.amorelay.sandbox.mail.Mailbox;
import dev.amorelay.sandbox.mail.SandboxMailServer;
import dev.amorelay.sandbox.page.PageApi;
import dev.amorelay.sandbox.page.PageFiles;
import dev.amorelay.sandbox.page.PageState;
import dev.amorelay.sandbox.store.Documents;
import dev.amorelay.sandbox.store.SandboxSchema;
import dev.amorelay.sandbox.telegram.ChatMessages;
import dev.amorelay.sandbox.telegram.TelegramApi;
import javax.sql.DataSource;
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
@Import({EntitiesApi.class, ComplexApi.class, NotesApi.class, TasksApi.class, LinksApi.class, CatalogueApi.class,
        EventsApi.class, WebhooksApi.class, OAuthApi.class, CrmErrors.class, TelegramApi.class, PageApi.class, PageFiles.class})
public class SandboxConfiguration {

    @Bean
    SandboxSchema sandboxSchema(DataSource dataSource) {
        return new SandboxSchema(dataSource);
    }

    /** Everything that reads or writes needs the tables first, hence the parameter that is not used. */
    @Bean
    Documents sandboxDocuments(DataSource dataSource, SandboxSchema schema) {
        return new Documents(dataSource);
    }

    @Bean
    Catalogue sandboxCatalogue(SandboxSchema schema) {
        return new Catalogue(schema.seed());
    }

    @Bean
    HookQueue sandboxHookQueue(DataSource dataSource, Documents documents, Catalogue catalogue) {
        return new HookQueue(dataSource, documents,
                new HookBody(catalogue.account().get("subdomain").asText(), catalogue.accountId()));
    }

    @Bean
    HookSender sandboxHookSender(HookQueue queue, SandboxSettings settings) {
        return new HookSender(queue, settings.hookRetries());
    }

    @Bean
    Subscriptions sandboxSubscriptions(Documents documents, HookQueue queue, Catalogue catalogue) {
        return new Subscriptions(documents, queue, catalogue.accountId(), catalogue.tokenUser());
    }

    @Bean
    OwnSubscription sandboxOwnSubscription(Subscriptions subscriptions, HookSender sender, Environment environment) {
        return new OwnSubscription(subscriptions, sender, environment);
    }

    @Bean
    Events sandboxEvents(DataSource dataSource, SandboxSchema schema) {
        return new Events(dataSource);
    }

    @Bean
    Changes sandboxChanges(Documents documents, Events events, HookQueue queue, HookSender sender, Catalogue catalogue) {
        return new Changes(documents, events, queue, sender, catalogue);
    }

    @Bean
    Entities sandboxEntities(Documents documents, Changes changes, Catalogue catalogue) {
        return new Entities(documents, changes, catalogue);
    }

    @Bean
    Notes sandboxNotes(Documents documents, Changes changes, Catalogue catalogue) {
        return new Notes(documents, changes, catalogue);
    }

    @Bean
    Tasks sandboxTasks(Documents documents, Changes changes, Catalogue catalogue) {
        return new Tasks(documents, changes, catalogue);
    }

    @Bean
    Tokens sandboxTokens(DataSource dataSource, SandboxSchema schema) {
        return new Tokens(dataSource);
    }

    @Bean
    CallCounts sandboxCallCounts() {
        return new CallCounts();
    }

    @Bean
    FilterRegistrationBean<CrmGate> sandboxCrmGate(CallCounts counts, Tokens tokens) {
        FilterRegistrationBean<CrmGate> gate = new FilterRegistrationBean<>(new CrmGate(counts, tokens));
        gate.addUrlPatterns("/sandbox/amocrm/*");
        return gate;
    }

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
    PageState sandboxPageState(Documents documents, Catalogue catalogue, ChatMessages chats, Mailbox mailbox,
                               CallCounts calls, HookQueue queue, HookSender sender) {
        return new PageState(documents, catalogue, chats, mailbox, calls, queue, sender);
    }

    /** Clients write {@code filter[id][]} with raw brackets, and amoCRM takes them; Tomcat must be told to. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> sandboxRawBrackets() {
        return factory -> factory.addConnectorCustomizers(connector -> connector.setProperty("relaxedQueryChars", "[]"));
    }
}
