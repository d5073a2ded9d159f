-- The vendor's example request, for wrk.
wrk.method = "POST"
wrk.path = "/vault/sessions"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer sk_live_bench"
wrk.headers["x-apideck-app-id"] = "dSBdXd2H6Mqwfg0atXHXYcysLJE9qyn1VwBtXHX"
wrk.headers["x-apideck-consumer-id"] = "test-consumer"
wrk.body = [[{"consumer_metadata":{"account_name":"SpaceX","user_name":"Elon Musk","email":"elon@musk.com","image":"https://www.spacex.com/static/images/share.jpg"},"redirect_uri":"https://mysaas.com/dashboard","settings":{"unified_apis":["crm"],"hide_resource_settings":false,"sandbox_mode":false,"isolation_mode":false,"session_length":"30m","show_logs":true,"show_suggestions":false,"show_sidebar":true,"auto_redirect":false,"hide_guides":false,"allow_actions":["delete","disconnect","reauthorize","disable"]},"theme":{"favicon":"https://res.cloudinary.com/apideck/icons/intercom","primary_color":"#286efa","privacy_url":"https://compliance.apideck.com/privacy-policy","sidepanel_background_color":"#286efa","sidepanel_text_color":"#FFFFFF","terms_url":"https://www.termsfeed.com/terms-conditions/957c85c1b089ae9e3219c83eff65377e","vault_name":"Intercom"}}]]
