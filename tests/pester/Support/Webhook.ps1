# A webhook on loopback, in a job of its own: it answers a number of requests and gives back what it was sent.
function Start-Webhook([int] $Requests = 1, [int] $Status = 200) {
    $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $port = $listener.LocalEndpoint.Port
    $listener.Stop()
    $job = Start-ThreadJob -ArgumentList $port, $Requests, $Status {
        param($port, $requests, $status)
        $http = [System.Net.HttpListener]::new()
        $http.Prefixes.Add("http://127.0.0.1:$port/")
        $http.Start()
        'listening'
        for ($i = 0; $i -lt $requests; $i++) {
            $context = $http.GetContext()
            [System.IO.StreamReader]::new($context.Request.InputStream).ReadToEnd()
            $context.Response.StatusCode = $status
            $context.Response.Close()
        }
        $http.Stop()
    }
    while (-not ($job.Output.Count) -and $job.State -notin 'Failed', 'Completed') { Start-Sleep -Milliseconds 50 }
    Set-Content notify.yml "notify: {link: 'https://intranet.example/page', webhooks: {ops: {url: 'http://127.0.0.1:$port/'}}}"
    $job
}

function Receive-Webhook($job) { @($job | Wait-Job -Timeout 30 | Receive-Job | Select-Object -Skip 1 | ConvertFrom-Json) }
