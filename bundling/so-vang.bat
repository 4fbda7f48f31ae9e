@echo off
rem Starts So Vang from this folder; needs Python 3.11 to 3.14 and no network.
chcp 65001 >nul
setlocal
set "HERE=%~dp0"
for %%V in (3.14 3.13 3.12 3.11) do (
    py -%%V -c "" >nul 2>nul && (
        py -%%V "%HERE%start.py" %*
        goto ended
    )
)
where python >nul 2>nul && (
    python "%HERE%start.py" %*
    goto ended
)
echo This computer has no Python 3.11-3.14. / May nay chua co Python 3.11-3.14.
pause
exit /b 3
:ended
set "CODE=%ERRORLEVEL%"
if not "%CODE%"=="0" if "%~1"=="" pause
exit /b %CODE%
