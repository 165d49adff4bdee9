package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amorelay.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What site builders, quizzes and advertising forms send: each body as its builder writes it, and the person in it. */
class BuilderFormsTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final LeadReader reader = new LeadReader();

    private record Sent(String builder, String body) {

        @Override
        public String toString() {
            return builder;
        }
    }

    /** Each tells Вера Лугова, +7 (912) 555-01-02, vera@example.com; some of them «Нужен станок» too. */
    static Stream<Sent> sent() {
        return Stream.of(
                new Sent("Tilda", "Name=Вера Лугова&Phone=+7 (912) 555-01-02&Email=vera@example.com&tranid=7700001:900100200&formid=form900100"
                        + "&formname=Заявка&utm_source=yandex&COOKIES=_ym_uid=17000001; TILDAUTM=utm_source%3Dyandex"),
                new Sent("Tilda, JSON", "{'Name':'Вера Лугова','Phone':'+7 (912) 555-01-02','Email':'vera@example.com','Textarea':'Нужен станок',"
                        + "'tranid':'1:2','formid':'form1'}"),
                new Sent("Tilda, Russian variables", "Имя=Вера Лугова&Телефон=+7 (912) 555-01-02&Почта=vera@example.com&Комментарий=Нужен станок"),
                new Sent("Elementor", "Имя=Вера Лугова&Ваш телефон=+7 (912) 555-01-02&E-mail=vera@example.com&No Label field_abc=Нужен станок&Date=27.11.2026"
                        + "&Time=10:00&Page URL=https://example.com/&User Agent=Mozilla&Remote IP=192.0.2.1&Powered by=Elementor&form_id=a1&form_name=Форма"),
                new Sent("Elementor, advanced data", "form[id]=a1&form[name]=Форма на главной&fields[name][id]=name&fields[name][type]=text"
                        + "&fields[name][title]=Ваше имя&fields[name][value]=Вера Лугова&fields[name][raw_value]=Вера Лугова&fields[name][required]=1"
                        + "&fields[field_1][id]=field_1&fields[field_1][type]=tel&fields[field_1][title]=Куда позвонить&fields[field_1][value]=+7 (912) 555-01-02"
                        + "&fields[email][id]=email&fields[email][type]=email&fields[email][title]=&fields[email][value]=vera@example.com"
                        + "&meta[date][title]=Date&meta[date][value]=27.11.2026&meta[user_agent][title]=User Agent&meta[user_agent][value]=Mozilla"),
                new Sent("Elementor, the page's own post", "form_fields[name]=Вера Лугова&form_fields[phone]=+7 (912) 555-01-02&form_fields[email]=vera@example.com"
                        + "&post_id=5&queried_id=5&form_id=a1&action=elementor_pro_forms_send_form"),
                new Sent("Contact Form 7", "_wpcf7=12&_wpcf7_version=5.9&_wpcf7_locale=ru_RU&_wpcf7_unit_tag=wpcf7-f12-o1&your-name=Вера Лугова"
                        + "&tel-123=+7 (912) 555-01-02&your-email=vera@example.com&your-message=Нужен станок&acceptance-7=1"),
                new Sent("Contact Form 7, webhook", "{'your-name':'Вера Лугова','your-phone':'+7 (912) 555-01-02','your-email':'vera@example.com',"
                        + "'your-subject':'Заявка','menu-5':['Токарный']}"),
                new Sent("WPForms, the page's own post", "wpforms[fields][0][first]=Вера&wpforms[fields][0][last]=Лугова&wpforms[fields][1]=vera@example.com"
                        + "&wpforms[id]=5&phone=+7 (912) 555-01-02&email=vera@example.com"),
                new Sent("WPForms, fields", "{'fields':{'0':{'name':'Name','value':'Вера Лугова','id':0,'type':'name','first':'Вера','last':'Лугова'},"
                        + "'1':{'name':'E-mail','value':'vera@example.com','id':1,'type':'email'},'2':{'name':'Номер','value':'+7 (912) 555-01-02','id':2,'type':'phone'}},"
                        + "'id':'7','entry_id':5}"),
                new Sent("Gravity Forms, named by hand", "{'first_name':'Вера','last_name':'Лугова','Phone Number':'+7 (912) 555-01-02','Email Address':'vera@example.com',"
                        + "'form_id':'3','source_url':'https://example.com/','user_agent':'Mozilla'}"),
                new Sent("Marquiz", "{'answers':[{'q':'Какой станок?','t':'answers','a':'Токарный'},{'q':'Когда?','a':['Сейчас','В этом году']}],"
                        + "'contacts':{'name':'Вера Лугова','email':'vera@example.com','phone':'+7 (912) 555-01-02'},'quiz':{'id':'q1','name':'Подбор'},"
                        + "'created':'2026-11-27T10:00:00Z','extra':{'href':'https://example.com/','utm':{'source':'yandex'},'cookies':{'_ga':'GA1'}}}"),
                new Sent("Marquiz, older", "{'phone':'+7 (912) 555-01-02','name':'Вера Лугова','email':'vera@example.com','form':{'phone':'+7 (912) 555-01-02'},"
                        + "'answers':[{'q':'Какой станок?','a':'Токарный'}]}"),
                new Sent("Wix", "{'data':{'formName':'Форма','submissions':[{'label':'Имя','value':'Вера Лугова'},{'label':'Телефон','value':'+7 (912) 555-01-02'},"
                        + "{'label':'Email','value':'vera@example.com'}],'field:comp_a1':'Нужен станок','submissionTime':'2026-11-27T10:00:00Z',"
                        + "'contact':{'name':{'first':'Вера','last':'Лугова'},'email':'vera@example.com','phone':'+7 (912) 555-01-02','contactId':'c1'}}}"),
                new Sent("Wix, keys", "{'data':{'field:first_name_a1b2':'Вера','field:last_name_c3d4':'Лугова','field:phone_5e2d':'+7 (912) 555-01-02',"
                        + "'field:email_726c':'vera@example.com','formId':'f1'}}"),
                new Sent("Google Forms by script", "{'namedValues':{'Отметка времени':['27.11.2026 10:00:00'],'Ваше имя':['Вера Лугова'],'Номер телефона':['+7 (912) 555-01-02'],"
                        + "'Адрес электронной почты':['vera@example.com']},'range':{'rowStart':5}}"),
                new Sent("Google Forms by script, pairs", "{'responses':[{'title':'ФИО','response':'Вера Лугова'},{'title':'Телефон для связи','response':'+7 (912) 555-01-02'},"
                        + "{'title':'E-mail','response':'vera@example.com'}]}"),
                new Sent("Facebook lead form", "{'id':'1','created_time':'2026-11-27T10:00:00+0000','form_id':'5','field_data':[{'name':'full_name','values':['Вера Лугова']},"
                        + "{'name':'phone_number','values':['+7 (912) 555-01-02']},{'name':'email','values':['vera@example.com']}]}"),
                new Sent("VK lead form", "{'type':'lead_forms_new','object':{'lead_id':1,'group_id':2,'user_id':3,'form_id':4,'form_name':'Заявка','answers':["
                        + "{'key':'first_name','question':'Имя','answer':'Вера'},{'key':'last_name','question':'Фамилия','answer':'Лугова'},"
                        + "{'key':'phone_number','question':'Номер телефона','answer':'+7 (912) 555-01-02'},{'key':'email','question':'Email','answer':'vera@example.com'},"
                        + "{'key':'custom_0','question':'Что нужно?','answer':'Нужен станок'}]},'group_id':2,'event_id':'e1','secret':'s'}"),
                new Sent("Yandex Forms", "{'answer':{'id':5,'data':{'answer_short_text_1':{'value':'Вера Лугова','question':{'id':1,'slug':'answer_short_text_1',"
                        + "'label':{'ru':'Имя'}}},'answer_phone_2':{'value':'+7 (912) 555-01-02','question':{'slug':'answer_phone_2','label':{'ru':'Куда звонить'}}},"
                        + "'answer_email_3':{'value':'vera@example.com','question':{'slug':'answer_email_3','label':{'ru':'Почта'}}}}}}"),
                new Sent("Taplink", "{'action':'leads.created','data':{'username':'shop','lead_id':5,'records':[{'title':'Имя','type':'name','value':'Вера Лугова'},"
                        + "{'title':'Телефон','type':'phone','value':'+7 (912) 555-01-02'},{'title':'Почта','type':'email','value':'vera@example.com'}]}}"),
                new Sent("JivoSite", "{'event_name':'offline_message','visitor':{'name':'Вера Лугова','email':'vera@example.com','phone':'+7 (912) 555-01-02',"
                        + "'number':'1'},'message':'Нужен станок','page':{'url':'https://example.com/','title':'Главная'}}"),
                new Sent("Creatium", "{'order':{'fields_by_name':{'Имя':'Вера Лугова','Телефон':'+7 (912) 555-01-02','Электронная почта':'vera@example.com'}},"
                        + "'site':{'id':1}}"),
                new Sent("Joomla", "jform[contact_name]=Вера Лугова&jform[contact_phone]=+7 (912) 555-01-02&jform[contact_email]=vera@example.com"
                        + "&jform[contact_message]=Нужен станок&option=com_contact"),
                new Sent("Bitrix24", "fields[NAME]=Вера&fields[LAST_NAME]=Лугова&fields[PHONE][0][VALUE]=+7 (912) 555-01-02&fields[PHONE][0][VALUE_TYPE]=WORK"
                        + "&fields[EMAIL][0][VALUE]=vera@example.com&fields[EMAIL][0][VALUE_TYPE]=WORK"),
                new Sent("Ecwid", "{'eventType':'order.created','data':{'email':'vera@example.com','total':500,'items':[{'name':'Болт','quantity':5,'price':100}],"
                        + "'shippingPerson':{'name':'Вера Лугова','phone':'+7 (912) 555-01-02'}}}"),
                new Sent("Pipedrive", "{'current':{'person_name':'Вера Лугова','phone':[{'value':'+7 (912) 555-01-02','primary':true}],"
                        + "'email':[{'value':'vera@example.com','primary':true}]}}"),
                new Sent("HubSpot", "{'properties':{'firstname':{'value':'Вера'},'lastname':{'value':'Лугова'},'phone':{'value':'+7 (912) 555-01-02'},"
                        + "'email':{'value':'vera@example.com'}}}"),
                new Sent("Typeform", "{'event_id':'01HQ','event_type':'form_response','form_response':{'form_id':'lT4Z3j','token':'a3a1',"
                        + "'landed_at':'2026-11-18T18:17:02Z','submitted_at':'2026-11-18T18:17:05Z','hidden':{'utm_source':'yandex'},"
                        + "'calculated':{'score':9},'definition':{'id':'lT4Z3j','title':'Заявка на станок','fields':[{'id':'f1',"
                        + "'title':'Как вас зовут?','type':'short_text','ref':'a-b-c'},{'id':'f2','title':'Куда позвонить?',"
                        + "'type':'phone_number','ref':'d'},{'id':'f3','title':'E-mail','type':'email','ref':'e'},{'id':'f4',"
                        + "'title':'Что нужно?','type':'long_text','ref':'f'},{'id':'f5','title':'Какой станок?','type':'multiple_choice',"
                        + "'ref':'g','choices':[{'id':'c1','label':'Токарный'}]}]},'answers':[{'type':'text','text':'Вера Лугова',"
                        + "'field':{'id':'f1','type':'short_text','ref':'a-b-c'}},{'type':'phone_number','phone_number':'+79125550102',"
                        + "'field':{'id':'f2','type':'phone_number','ref':'d'}},{'type':'email','email':'vera@example.com',"
                        + "'field':{'id':'f3','type':'email','ref':'e'}},{'type':'text','text':'Нужен станок','field':{'id':'f4',"
                        + "'type':'long_text','ref':'f'}},{'type':'choice','choice':{'id':'c1','ref':'x','label':'Токарный'},"
                        + "'field':{'id':'f5','type':'multiple_choice','ref':'g'}},{'type':'choices','choices':{'labels':['Сейчас',"
                        + "'Потом']},'field':{'id':'f6','type':'multiple_choice','ref':'g6'}},{'type':'boolean','boolean':true,"
                        + "'field':{'id':'f7','type':'yes_no','ref':'g7'}},{'type':'number','number':5,'field':{'id':'f8','type':'number',"
                        + "'ref':'g8'}}]}}"),
                new Sent("Formidable, its own form", "{'id':'15','item_key':'abc','qh4icy':'Вера','ocfup1':'Лугова','29yf4d':'vera@example.com','e6lis6':'Тема',"
                        + "'9jv0r1':'Нужен станок','pb6fv':'+7 (912) 555-01-02','form_id':'1','is_draft':'0',"
                        + "'created_at':'2026-11-11 10:00:00'}"),
                new Sent("Formidable, the page's own post", "{'item_meta':{'name':'Вера Лугова','phone':'+79125550102','email':'vera@example.com'}}"),
                new Sent("amoCRM, unsorted forms", "[{'request_id':'123','source_name':'ОАО Коспромсервис','source_uid':'a1fee7','pipeline_id':2194350,"
                        + "'created_at':1590000000,'_embedded':{'leads':[{'name':'Нужен станок','price':5000,'visitor_uid':'5692210d',"
                        + "'custom_fields_values':[{'field_id':284785,'values':[{'value':'Дополнительное поле'}]}]}],"
                        + "'contacts':[{'name':'Вера Лугова','first_name':'Вера','custom_fields_values':[{'field_code':'PHONE',"
                        + "'values':[{'value':'+7 (912) 555-01-02','enum_code':'WORK'}]},{'field_code':'EMAIL',"
                        + "'values':[{'value':'vera@example.com'}]}]}],'companies':[{'name':'ОАО Коспромсервис'}]},"
                        + "'metadata':{'ip':'192.0.2.1','form_id':'a1fee7','form_sent_at':1590000000,'form_name':'Форма заявки',"
                        + "'form_page':'https://example.com','referer':'https://example.com/x'}}]"),
                new Sent("amoCRM, incoming leads", "{'add':[{'source_name':'Сайт','source_uid':'a1','created_at':'1510931140',"
                        + "'incoming_entities':{'leads':[{'name':'Нужен станок','price':'5000'}],'contacts':[{'name':'Вера Лугова',"
                        + "'custom_fields':[{'id':'4396817','values':[{'value':'+7 (912) 555-01-02','enum':'WORK'}]},{'id':'4396818',"
                        + "'code':'EMAIL','name':'Email','values':[{'value':'vera@example.com','enum':'WORK'}]}]}]},"
                        + "'incoming_lead_info':{'form_id':'318','form_page':'example.com','ip':'192.0.2.1','service_code':'a',"
                        + "'form_name':'Обратный звонок','form_send_at':1510931140,'referer':'x'}}]}"),
                new Sent("amoCRM, webhook of an incoming lead", "unsorted[add][0][uid]=abc&unsorted[add][0][source_data][data][name_1][type]=text"
                        + "&unsorted[add][0][source_data][data][name_1][id]=name"
                        + "&unsorted[add][0][source_data][data][name_1][element_type]=1"
                        + "&unsorted[add][0][source_data][data][name_1][name]=ФИО"
                        + "&unsorted[add][0][source_data][data][name_1][value]=Вера Лугова"
                        + "&unsorted[add][0][source_data][data][427183_1][type]=multitext"
                        + "&unsorted[add][0][source_data][data][427183_1][id]=427183"
                        + "&unsorted[add][0][source_data][data][427183_1][element_type]=1"
                        + "&unsorted[add][0][source_data][data][427183_1][name]=Телефон"
                        + "&unsorted[add][0][source_data][data][427183_1][value][0]=+7 (912) 555-01-02"
                        + "&unsorted[add][0][source_data][data][427184_1][type]=multitext"
                        + "&unsorted[add][0][source_data][data][427184_1][id]=427184"
                        + "&unsorted[add][0][source_data][data][427184_1][name]=Email"
                        + "&unsorted[add][0][source_data][data][427184_1][value][0]=vera@example.com"
                        + "&unsorted[add][0][source_data][data][note_2][type]=text"
                        + "&unsorted[add][0][source_data][data][note_2][name]=Примечание"
                        + "&unsorted[add][0][source_data][data][note_2][value]=Нужен станок&unsorted[add][0][source_data][form_id]=318"
                        + "&unsorted[add][0][source_data][origin][ip]=192.0.2.1&unsorted[add][0][source_data][form_name]=Форма сайта"
                        + "&unsorted[add][0][source]=example.com&unsorted[add][0][category]=forms&unsorted[add][0][pipeline_id]=5"
                        + "&account[id]=1&account[subdomain]=x"),
                new Sent("amoCRM, its form's own post", "fields[name_1]=Вера Лугова&fields[427183_1][913445]=+7 (912) 555-01-02"
                        + "&fields[427184_1][913446]=vera@example.com&fields[note_2]=Нужен станок&form_id=1204846&hash=e7c7d"
                        + "&user_origin=%7B%22datetime%22%3A%22x%22%7D"),
                new Sent("Kommo, lead with contact", "[{'name':'Нужен станок','price':500,'_embedded':{'contacts':[{'first_name':'Вера','last_name':'Лугова',"
                        + "'custom_fields_values':[{'field_code':'PHONE','values':[{'enum_code':'WORK','value':'+7 (912) 555-01-02'}]},"
                        + "{'field_code':'EMAIL','values':[{'enum_code':'WORK','value':'vera@example.com'}]}]}]}}]"),
                new Sent("fields one by one", "[{'name':'name','value':'Вера Лугова'},{'name':'phone','value':'+7 (912) 555-01-02'},{'name':'email',"
                        + "'value':'vera@example.com'}]"),
                new Sent("Tally", "{'eventId':'a','eventType':'FORM_RESPONSE','createdAt':'2026','data':{'responseId':'2wgx4n','formId':'VwbNEw',"
                        + "'formName':'Форма','fields':[{'key':'question_3EKz4n','label':'Имя','type':'INPUT_TEXT','value':'Вера Лугова'},"
                        + "{'key':'question_nr5yNe','label':'Куда звонить','type':'INPUT_PHONE_NUMBER','value':'+79125550102'},"
                        + "{'key':'question_w4Q4Xn','label':'Почтовый адрес','type':'INPUT_EMAIL','value':'vera@example.com'},{'key':'q5',"
                        + "'label':'Задача подробно','type':'TEXTAREA','value':'Нужен станок'},{'key':'q6','label':'Выбор',"
                        + "'type':'CHECKBOXES','value':['id1'],'options':[{'id':'id1','text':'Токарный'},{'id':'id2',"
                        + "'text':'Фрезерный'}]}]}}"),
                new Sent("Ninja Forms", "{'form_id':'3','fields':{'1':{'id':1,'key':'name','type':'textbox','label':'Имя','value':'Вера Лугова'},"
                        + "'2':{'id':2,'key':'email','type':'email','label':'Email','value':'vera@example.com'},'3':{'id':3,"
                        + "'key':'phone_17','type':'phone','label':'Ваш номер','value':'+7 (912) 555-01-02'}}}"),
                new Sent("Forminator", "name-1=Вера&name-1-last-name=Лугова&email-1=vera@example.com&phone-1=+7 (912) 555-01-02&textarea-1=Нужен станок"),
                new Sent("Squarespace", "{'Name First':'Вера','Name Last':'Лугова','Email':'vera@example.com','Phone':'+7 (912) 555-01-02'}"),
                new Sent("Webflow, older", "{'name':'Email Form','site':'62749158efef318abc8d5a0f','data':{'Name':'Вера Лугова','Email':'vera@example.com',"
                        + "'Phone':'+79125550102'},'d':'2026'}"),
                new Sent("Google Ads", "{'lead_id':'TeSter','user_column_data':[{'column_name':'Full Name','string_value':'Вера Лугова',"
                        + "'column_id':'FULL_NAME'},{'column_name':'User Email','string_value':'vera@example.com','column_id':'EMAIL'},"
                        + "{'column_name':'User Phone','string_value':'+79125550102','column_id':'PHONE_NUMBER'}],'api_version':'1.0',"
                        + "'form_id':4000,'campaign_id':123,'google_key':'secretkey','is_test':true,'gcl_id':'x','adgroup_id':2,"
                        + "'creative_id':3}"),
                new Sent("1C-Bitrix", "name=Вера Лугова&form_text_2=+7 (912) 555-01-02&form_email_3=vera@example.com&form_textarea_4=Нужен станок"
                        + "&WEB_FORM_ID=1&sessid=abc&web_form_submit=Y"),
                new Sent("Formspree", "name=Вера Лугова&_replyto=vera@example.com&phone=+79125550102&_subject=x&message=Нужен станок"),
                new Sent("Mailchimp", "type=subscribe&data[email]=vera@example.com&data[merges][FNAME]=Вера&data[merges][LNAME]=Лугова"
                        + "&data[merges][PHONE]=+7 (912) 555-01-02"),
                new Sent("Unbounce", "form_id=1&data.json={\"name\":[\"Вера Лугова\"],\"email\":[\"vera@example.com\"],\"phone\":[\"+7 (912) 555-01-02\"]}"),
                new Sent("Mobirise", "{'data':[['Name','Вера Лугова'],['Phone','+7 (912) 555-01-02'],['Email','vera@example.com']]}"),
                new Sent("labels of Russian questionnaires", "ФИО контактного лица=Вера Лугова&Номер_телефона_(WhatsApp)=+7 (912) 555-01-02"
                        + "&Email контактного лица=vera@example.com"),
                new Sent("Kajabi", "{'event':'form_submission','payload':[{'type':'form_submissions','attributes':{'name':'Вера Лугова','email':'vera@example.com',"
                        + "'mobile_phone_number':'+7 (912) 555-01-02'}},{'type':'forms','attributes':{'title':'Sample Form'}}]}"),
                new Sent("JSON in a field", "json={\"name\":\"Вера Лугова\",\"phone\":\"+7 (912) 555-01-02\",\"email\":\"vera@example.com\"}"),
                new Sent("a list of one", "[{'name':'Вера Лугова','phone':'+7 (912) 555-01-02','email':'vera@example.com'}]"),
                new Sent("Flexbe", "data[client][name]=Вера Лугова&data[client][phone]=+7 (912) 555-01-02&data[client][email]=vera@example.com"
                        + "&data[form_data][fld_1][name]=Что нужно&data[form_data][fld_1][value]=Нужен станок&event=lead"),
                new Sent("Jotform", "q3_name[first]=Вера&q3_name[last]=Лугова&q4_email=vera@example.com&q5_phoneNumber[full]=+7 (912) 555-01-02&formID=5"),
                new Sent("Fluent Forms", "{'names':{'first_name':'Вера','last_name':'Лугова'},'email':'vera@example.com','phone':'+7 (912) 555-01-02'}"),
                new Sent("Webflow", "{'triggerType':'form_submission','payload':{'name':'Email Form','siteId':'s1','data':{'First Name':'Вера','Last Name':'Лугова',"
                        + "'Phone':'+7 (912) 555-01-02','Email':'vera@example.com'}}}"),
                new Sent("WooCommerce order", "{'id':5,'total':'500.00','billing':{'first_name':'Вера','last_name':'Лугова','email':'vera@example.com','phone':'+7 (912) 555-01-02'},"
                        + "'line_items':[{'id':1,'name':'Болт','quantity':5,'price':100,'total':'500.00','sku':'B-1'}]}"),
                new Sent("InSales order", "{'order':{'number':5,'total_price':'500.0','order_lines':[{'title':'Болт','quantity':5,'full_total_price':500}],"
                        + "'client':{'name':'Вера','surname':'Лугова','phone':'+7 (912) 555-01-02','email':'vera@example.com'}}}"),
                new Sent("a label that says more", "Как к вам обращаться?=Вера Лугова&Телефон главного инженера=+7 (912) 555-01-02&Куда слать почту=vera@example.com"),
                new Sent("capitals and brackets", "NAME=Вера Лугова&PHONE[]=+7 (912) 555-01-02&EMAIL_1=vera@example.com"));
    }

    private Lead read(String body) {
        if (body.startsWith("{") || body.startsWith("[")) {
            return reader.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "application/json");
        }
        return reader.read(escaped(body).getBytes(StandardCharsets.UTF_8), FORM);
    }

    private static String escaped(String body) {
        return Stream.of(body.split("&")).map(pair -> Stream.of(pair.split("=", 2)).map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8))
                .collect(Collectors.joining("="))).collect(Collectors.joining("&"));
    }

    @ParameterizedTest
    @MethodSource("sent")
    void thePersonIsKnown(Sent sent) {
        Lead lead = read(sent.body());

        assertThat(lead.name()).isEqualTo("Вера Лугова");
        assertThat(lead.phoneE164()).isEqualTo("+79125550102");
        assertThat(lead.email()).isEqualTo("vera@example.com");
        assertThat(lead.remarks()).isEmpty();
        if (sent.body().contains("Нужен станок")) {
            assertThat(String.join("\n", Texts.notes(lead))).contains("Нужен станок");
        }
        assertThat(String.join("\n", Texts.notes(lead))).doesNotContain("Mozilla", "COOKIES", "_wpcf7", "tranid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"input_1=Вера Лугова&input_3=+7 (912) 555-01-02&input_4=vera@example.com", "{'1.3':'Вера','3':'+7 (912) 555-01-02','4':'vera@example.com'}",
        "item_meta[1]=Вера&item_meta[3]=vera@example.com&item_meta[6]=+7 (912) 555-01-02"})
    void aFieldThatIsJustANumberIsWhatItPlainlyIs(String body) {
        assertThat(read(body).phoneE164()).isEqualTo("+79125550102");
        assertThat(read(body).email()).isEqualTo("vera@example.com");
        assertThat(Texts.notes(read(body)).toString()).contains("Вера");
    }

    /** Whoever stands under a name that the table does not have is found where nobody else is, unless that name tells of somebody else. */
    @Test
    void aPersonUnderAnUnknownNameIsFoundAndAStrangerIsNot() {
        assertThat(read("{'callback':{'phone':'89125550102','name':'Вера'},'manager':{'phone':'89125550199'}}").phone()).isEqualTo("89125550102");
        Lead lead = read("{'widget':{'title':'Виджет','ответственный':{'телефон':'89125550199'}},'shop':{'email':'shop@example.com'},'a':'b'}");
        assertThat(lead.phone()).isNull();
        assertThat(lead.email()).isNull();
        assertThat(Texts.notes(lead).toString()).contains("89125550199", "shop@example.com");
        assertThat(read("{'telegram_id':5,'machine':{'serviceman':{'phone':'89125550199'}}}").phone()).isNull();
        assertThat(read("{'meta':{'telegram_user':{'id':5}},'machine':{'serviceman':{'phone':'89125550199'}}}").phone()).isNull();
        assertThat(read("{'phone':'89125550102','callback':{'phone':'89125550199'}}").meta().has("phone_2")).isFalse();
    }

    @Test
    void questionsAndChoicesThatStandApartAreShown() {
        Lead typeform = read(sent().filter(sent -> sent.builder().equals("Typeform")).findFirst().orElseThrow().body());
        assertThat(Texts.notes(typeform).toString()).contains("\nКакой станок?: Токарный", "g6: Сейчас, Потом", "g7: true", "g8: 5").doesNotContain("\"ref\"");
        Lead tally = read(sent().filter(sent -> sent.builder().equals("Tally")).findFirst().orElseThrow().body());
        assertThat(Texts.notes(tally).toString()).contains("\nВыбор: Токарный");
    }

    @Test
    void aDealsOrAFormsNameIsNotThePersons() {
        Lead lead = read(sent().filter(sent -> sent.builder().equals("Kommo, lead with contact")).findFirst().orElseThrow().body());
        assertThat(lead.price()).isEqualTo(500);
        assertThat(Texts.notes(lead).toString()).contains("Нужен станок");
        assertThat(read("{'leads':[{'name':'Вера','phone':'89125550102'}]}").name()).isEqualTo("Вера");
        assertThat(read("{'name':'Вера','phone':'89125550102','client':{'name':'ООО Луг','email':'a@example.com'}}").name()).isEqualTo("Вера");
    }

    @Test
    void aTypeThatWasSetByHandAndJsonThatWasWrittenTwice() {
        byte[] form = "name=%D0%92%D0%B5%D1%80%D0%B0&phone=%2B79125550102".getBytes(StandardCharsets.UTF_8);
        assertThat(reader.read(form, "application/json").name()).isEqualTo("Вера");
        byte[] twice = Json.write(Json.object().textNode("{\"phone\":\"+79125550102\"}")).getBytes(StandardCharsets.UTF_8);
        assertThat(reader.read(twice, "application/json").phoneE164()).isEqualTo("+79125550102");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'phone':{'country_code':'+7','number':'9125550102','comment':'после 18'}}|+79125550102|после 18",
        "{'phone':{'country':'RU','area':'912','phone':'555-01-02'}}|+79125550102|",
        "{'contact':{'phone':{'country_code':'995','number':'555123456'}}}|+995555123456|",
        "{'phone':{'country_code':'7','number':'79125550102'}}|+79125550102|",
        "{'phone':{'country_code':'1','number':'+7 912 555-01-02'}}|+79125550102|",
        "q5_phoneNumber[area]=912&q5_phoneNumber[phone]=5550102|+79125550102|",
        "Как с вами связаться=89125550102|+79125550102|",
        "Куда звонить=+7 912 555-01-02|+79125550102|"})
    void aPhoneInPartsIsWhole(String body, String phone, String beside) {
        assertThat(read(body).phoneE164()).isEqualTo(phone);
        assertThat(Texts.notes(read(body)).toString()).contains(beside == null ? "" : beside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Telegram=@vera_l", "Ник в телеграм=t.me/vera_l", "{'tg':'https://t.me/vera_l'}", "{'telegram_username':'vera_l'}"})
    void aTelegramNameReachesThePerson(String body) {
        assertThat(read(body).remarks()).isEmpty();
        assertThat(Texts.notes(read(body)).toString()).contains("Telegram: @vera_l");
        assertThat(Texts.notes(read("Telegram=+7 912 555-01-02")).toString()).contains("+7 912 555-01-02");
    }

    @Test
    void aMessageOfTwoLinesThatATemplateDidNotEscapeIsRead() {
        assertThat(read("{'phone':'89125550102','message':'Нужен\nстанок'}").message()).isEqualTo("Нужен\nстанок");
    }

    @Test
    void whatAFormAsksStandsInTheNoteByItsLabel() {
        Lead lead = read(sent().filter(sent -> sent.builder().equals("Marquiz")).findFirst().orElseThrow().body());

        assertThat(Texts.notes(lead)).singleElement().asString().contains("\nКакой станок?: Токарный", "\nКогда?: Сейчас, В этом году");
    }

    @Test
    void tildasCart() {
        Lead lead = read("name=Пётр Сотников&phone=+7 (912) 555-01-03&payment[sys]=none&payment[orderid]=1900100300&payment[amount]=26150.5"
                + "&payment[products][0][name]=Патрон токарный 160&payment[products][0][quantity]=1&payment[products][0][amount]=18150.5"
                + "&payment[products][0][price]=18150.5&payment[products][1][name]=Резец отрезной&payment[products][1][quantity]=10"
                + "&payment[products][1][amount]=8000&payment[products][1][price]=800&payment[products][1][options][0][option]=Сталь"
                + "&payment[products][1][options][0][variant]=Р6М5&payment[products][1][sku]=R-10");

        assertThat(lead.price()).isEqualTo(26150);
        assertThat(lead.remarks()).isEmpty();
        assertThat(Texts.notes(lead)).containsExactly("""
                🛒 СОСТАВ ЗАКАЗА (ЗАПЧАСТИ):
                - Патрон токарный 160 (x1) — 18150.5 ₽
                - Резец отрезной (Сталь: Р6М5, арт. R-10) (x10) — 800 ₽
                ИТОГО: 26150.5 ₽""", "📎 ДАННЫЕ ФОРМЫ:\npayment.orderid: 1900100300\npayment.sys: none");
    }

    @Test
    void tildasCartAsOneText() {
        Lead lead = read("{'phone':'+79125550103','payment':'{\\'orderid\\':\\'1\\',\\'amount\\':\\'500\\',\\'products\\':[\\'Болт - 5x100 = 500\\']}'}"
                .replace("\\'", "\\\""));

        assertThat(lead.price()).isEqualTo(500);
        assertThat(Texts.notes(lead).get(0)).isEqualTo("🛒 СОСТАВ ЗАКАЗА (ЗАПЧАСТИ):\n- Болт - 5x100 = 500\nИТОГО: 500 ₽");
    }

    @Test
    void aSumThatIsNotUnderstoodIsRemarked() {
        Lead lead = read("phone=89125550103&payment[amount]=по запросу&payment[products][0][name]=Болт&payment[products][0][quantity]=2");

        assertThat(lead.price()).isZero();
        assertThat(lead.remarks()).containsExactly("Сумма не распознана: «по запросу»");
        assertThat(Texts.notes(lead).get(0)).endsWith("- Болт (x2) — цена не указана\nИТОГО: по запросу");
    }

    @Test
    void goodsOfOtherShopsAreOurs() {
        Lead lead = read("{'Телефон':'89125550103','товары':[{'название':'Болт','кол-во':5,'сумма':500}],'итого':500}");

        assertThat(lead.price()).isEqualTo(500);
        assertThat(Texts.notes(lead)).containsExactly("🛒 СОСТАВ ЗАКАЗА (ЗАПЧАСТИ):\n- Болт (x5) — всего 500 ₽\nИТОГО: 500 ₽");
    }

    @Test
    void goodsByTheirIdsAndAnAmountThatIsAQuantity() {
        Lead lead = read("{'phone':'89125550102','cart':{'12':{'title':'Болт','amount':5,'cost':100},'15':{'title':'Гайка','count':2,'price':50}},'total':600}");

        assertThat(Texts.notes(lead)).containsExactly("🛒 СОСТАВ ЗАКАЗА (ЗАПЧАСТИ):\n- Болт (x5) — 100 ₽\n- Гайка (x2) — 50 ₽\nИТОГО: 600 ₽");
    }

    @Test
    void furtherPhonesAndMailsAreKept() {
        Lead lead = read("Phone=+7 (912) 555-01-02&Phone_2=8 912 555-01-03&Телефон=89125550102&Email=vera@example.com&email_2=v.lugova@example.com");

        assertThat(lead.phone()).isEqualTo("+7 (912) 555-01-02");
        assertThat(lead.email()).isEqualTo("vera@example.com");
        assertThat(lead.meta()).isEqualTo(Json.read("{\"phone_2\":\"8 912 555-01-03\",\"email_2\":\"v.lugova@example.com\"}"));
    }

    /** A page with one field for either fills the one that it has. */
    @Test
    void anEmailInThePhonesFieldIsAnEmailAndTheOtherWayRound() {
        assertThat(read("{'phone':'vera@example.com'}").email()).isEqualTo("vera@example.com");
        assertThat(read("{'phone':'vera@example.com'}").remarks()).isEmpty();
        assertThat(read("{'email':'+7 (912) 555-01-02'}").phoneE164()).isEqualTo("+79125550102");
        assertThat(read("{'phone':'8 912 555-01-02','email':'+7 912 555-01-03'}").remarks()).containsExactly("Email не распознан: «+7 912 555-01-03»");
    }

    @Test
    void thePhoneThatCanBeReadGoesFirst() {
        Lead lead = read("{'phone':['нет','8 912 555-01-03']}");

        assertThat(lead.phoneE164()).isEqualTo("+79125550103");
        assertThat(lead.meta()).isEqualTo(Json.read("{\"phone_2\":\"нет\"}"));
    }

    @Test
    void ourOwnNameWinsAndNothingIsLost() {
        Lead lead = read("Имя=Другое имя&name=Вера&Комментарий=второе&message=первое&Phone=12&phone=8 912 555-01-02");

        assertThat(lead.name()).isEqualTo("Вера");
        assertThat(lead.message()).isEqualTo("первое");
        assertThat(lead.phoneE164()).isEqualTo("+79125550102");
        assertThat(lead.meta()).isEqualTo(Json.read("{\"Имя\":\"Другое имя\",\"Комментарий\":\"второе\",\"phone_2\":\"12\"}"));
    }

    @Test
    void aNumberUnderAnotherNameIsNoPhone() {
        Lead lead = read("email=vera@example.com&ИНН=9102012345&Телефонный справочник=не нужен&Контакты=позвоните 8 912 555-01-02 вечером");

        assertThat(lead.phone()).isNull();
        assertThat(Texts.notes(lead)).singleElement().asString().contains("ИНН: 9102012345", "Контакты: позвоните");
    }

    @Test
    void aForeignNamedFieldFillsTheMachine() {
        assertThat(read("Телефон=89125550102&Серийный номер=SN-5&Модель станка=16К20").meta())
                .isEqualTo(Json.read("{\"serial_number\":\"SN-5\",\"machine_type\":\"16К20\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"input_1=Вера Лугова&input_3=89125550102&gform_submit=3", "Кот=Барсик", "Name=Вера", "phone=12", "{'1.3':'Вера','3':'9125550102'}",
        "{'Какая цена?':'Сколько стоит?','name':'Вера'}", "{'Phone':'12'}", "{'phone':'@vera'}", "{'email':'vera@example,com'}", "phone=@vera", "email=vera@example,com",
        "{'name':'Вера'}", "{'name':'Вера','phone':'12','page':'/a'}", "{'telegram_id':'vera'}", "{'data':{'поле':'значение'}}", "utm_source=yandex&formname=Заявка"})
    void whatNamesNobodyIsTakenWithAllItSays(String body) {
        Lead lead = read(body);

        assertThat(lead.remarks()).contains("Не найдены ни телефон, ни email, ни Telegram, ни сообщение: поля формы записаны как есть");
        String everything = lead.name() + lead.phone() + Texts.notes(lead);
        Stream.of("Вера", "Барсик", "12", "9125550102", "@vera", "vera@example,com", "Сколько стоит?", "значение", "yandex").filter(body::contains)
                .forEach(said -> assertThat(everything).contains(said));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'utm_source':'yandex','page':'/'}", "Name=&Phone=&tranid=1:2", "{'data':{}}", "{'name':'','phone':'+7 (','page':'/a'}"})
    void whatSaysNothingIsRefused(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(LeadRejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"test=test", "test=test&api_key=5", "{'test':'test'}", "webhook_id=15", "{'type':'confirmation','group_id':123}",
        "{'type':'confirmation','group_id':123,'event_id':'a','v':'5.199','secret':'s'}"})
    void aConnectionTestIsNoLead(String body) {
        PostedForm post = body.startsWith("{") ? PostedForm.of(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "application/json")
                : PostedForm.of(body.getBytes(StandardCharsets.UTF_8), FORM);
        assertThat(reader.test(post)).isPresent();
    }

    @Test
    void aLeadWithATestInItIsALead() {
        assertThat(reader.test(PostedForm.of("test=test&phone=89125550102".getBytes(StandardCharsets.UTF_8), FORM))).isEmpty();
        assertThat(reader.read("test=test&phone=89125550102".getBytes(StandardCharsets.UTF_8), FORM).phoneE164()).isEqualTo("+79125550102");
    }

    @Test
    void noFormIsTooDeepOrTooWide() {
        String deep = "{\"data\":".repeat(90) + "{\"phone\":\"1\"}" + "}".repeat(90);
        assertThat(reader.read(deep.getBytes(StandardCharsets.UTF_8), "application/json").remarks()).isNotEmpty();
        byte[] wide = ("phone=89125550102&" + "a=1&".repeat(3000) + "last=%D1%8F+%26").getBytes(StandardCharsets.UTF_8);
        Lead lead = reader.read(wide, FORM);
        assertThat(lead.phoneE164()).isEqualTo("+79125550102");
        assertThat(lead.remarks()).containsExactly("В заявке больше 2000 значений: остальные записаны одним текстом, поле form_rest");
        assertThat(lead.meta().path("form_rest").asText()).startsWith("a=1\na=1\n").endsWith("a=1\nlast=я &");
    }
}
