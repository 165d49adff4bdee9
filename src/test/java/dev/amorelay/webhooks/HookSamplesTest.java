package dev.amorelay.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The captured hooks, value by value. */
class HookSamplesTest {

    private final HookReader reader = new HookReader();

    @Test
    void contactUpdateWithPhoneAndMail() {
        HookEvent event = only("contact-update-multitext");
        expect(event, "contact.update", "contact", "update", "37054081", 32427762L);
        assertThat(event.payload()).isEqualTo(HookText.json("""
                {'id':'37054081','name':'Абиба абибович','responsible_user_id':'10000698','date_create':'1748289231',
                 'last_modified':'1748292937','created_user_id':'10000698','modified_user_id':'10000698',
                 'account_id':'32427762','custom_fields':[
                   {'id':'735647','name':'Должность','values':[{'value':'555'}],'code':'POSITION'},
                   {'id':'735649','name':'Телефон','values':[{'value':'333','enum':'718321'}],'code':'PHONE'},
                   {'id':'735651','name':'Email','values':[{'value':'444','enum':'718333'}],'code':'EMAIL'}],
                 'old_responsible_user_id':'10000698','created_at':'1748289231','updated_at':'1748292937',
                 'type':'contact'}"""));
    }

    @Test
    void leadAdd() {
        HookEvent event = only("lead-add");
        expect(event, "lead.add", "lead", "add", "32966269", 32427762L);
        assertThat(event.payload()).isEqualTo(HookText.json("""
                {'id':'32966269','name':'Test','status_id':'76789230','price':'999','responsible_user_id':'10000698',
                 'last_modified':'1748268669','modified_user_id':'10000698','created_user_id':'10000698',
                 'date_create':'1748268669','pipeline_id':'9621010','account_id':'32427762',
                 'created_at':'1748268669','updated_at':'1748268669'}"""));
    }

    @Test
    void leadStatusWithTagsDateAndSelectAndTheAccountLast() {
        HookEvent event = only("lead-status-tags-date-select");
        expect(event, "lead.status", "lead", "status", "30267969", 16503244L);
        assertThat(event.payload()).isEqualTo(HookText.json("""
                {'id':'30267969','name':'apple tv 3','status_id':'16525558','old_status_id':'16525555','price':'1',
                 'responsible_user_id':'1764433','last_modified':'1615985846','modified_user_id':'1760815',
                 'created_user_id':'1764433','date_create':'1615894221','pipeline_id':'788512',
                 'tags':[{'id':'482205','name':'Sasa'}],'account_id':'16503244','custom_fields':[
                   {'id':'491053','name':'IMEI/SERIE','values':[{'value':'1'}]},
                   {'id':'481305','name':'Cind trebuie?','values':['1615845600']},
                   {'id':'496779','name':'Stare Device','values':[{'value':'Zghirieturi minore','enum':'959761'}]},
                   {'id':'481313','name':'Tip Lead','values':[{'value':'Lead nou','enum':'932119'}]},
                   {'id':'481307','name':'Unde au aflat?','values':[{'value':'Google','enum':'932073'}]}],
                 'created_at':'1615894221','updated_at':'1615985846'}"""));
    }

    @Test
    void twoLeadsInOneBody() {
        List<HookEvent> events = reader.read(HookText.sample("lead-status-two-in-one"), HookText.FORM);
        assertThat(events).hasSize(2);
        expect(events.get(0), "lead.status", "lead", "status", "1001", 32720107L);
        assertThat(events.get(0).payload()).isEqualTo(HookText.json("""
                {'id':'1001','name':'Сделка А','status_id':'142','old_status_id':'7001','price':'1500',
                 'pipeline_id':'555','account_id':'32720107','created_at':'1726572752','updated_at':'1726572758'}"""));
        expect(events.get(1), "lead.status", "lead", "status", "1002", 32720107L);
        assertThat(events.get(1).payload()).isEqualTo(HookText.json("""
                {'id':'1002','name':'Сделка Б & Ко = 100%','status_id':'143','old_status_id':'7002','price':'0',
                 'pipeline_id':'555','account_id':'32720107','created_at':'1726572752','updated_at':'1726572758'}"""));
        assertThat(events.get(0).hash()).isNotEqualTo(events.get(1).hash());
    }

    @Test
    void taskUpdate() {
        HookEvent event = only("task-update");
        expect(event, "task.update", "task", "update", "1564835", 32720107L);
        assertThat(event.payload()).isEqualTo(HookText.json("""
                {'id':'1564835','element_id':'17612485','element_type':'3','task_type':'2',
                 'date_create':'2024-09-17 13:18:58','text':'test','status':'1','account_id':'32720107',
                 'created_user_id':'0','last_modified':'2024-09-17 13:29:18','responsible_user_id':'11087123',
                 'complete_till':'2024-09-17 13:18:57','action_close':'0',
                 'result':{'id':'4600307','text':'клиент ответил'},
                 'created_at':'1726579138','updated_at':'1726579758','complete_before':'1726579137'}"""));
    }

    @Test
    void unsortedAcceptArrivesAsDelete() {
        HookEvent event = only("unsorted-accept");
        expect(event, "unsorted.delete", "unsorted", "delete",
                "f575b754b0d1eb1c380e53d6821ffd2820a6dfbe3822de0cfddaf266980f", 32720107L);
        assertThat(event.payload()).isEqualTo(HookText.json("""
                {'action':'accept','uid':'f575b754b0d1eb1c380e53d6821ffd2820a6dfbe3822de0cfddaf266980f',
                 'accept_result':{'leads':['15258873']},'category':'mail','created_at':'1726392264',
                 'modified_user_id':'11087123'}"""));
    }

    @Test
    void theAccountBlockIsRead() {
        Hook hook = reader.hook(HookText.sample("lead-add"), HookText.FORM);
        assertThat(hook.accountId()).isEqualTo(32427762L);
        assertThat(hook.subdomain()).isEqualTo("example");
        assertThat(hook.events()).hasSize(1);
    }

    private HookEvent only(String sample) {
        List<HookEvent> events = reader.read(HookText.sample(sample), HookText.FORM);
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static void expect(HookEvent event, String type, String entity, String action, String id, Long account) {
        assertThat(event.eventType()).isEqualTo(type);
        assertThat(event.entityType()).isEqualTo(entity);
        assertThat(event.action()).isEqualTo(action);
        assertThat(event.entityId()).isEqualTo(id);
        assertThat(event.accountId()).isEqualTo(account);
        assertThat(event.hash()).matches("[0-9a-f]{64}");
    }
}
